#include "tools/import/syntax/lemma.h"

#include <array>
#include <string>
#include <utility>

namespace entente {
namespace {

// Irregular forms, each line "form lemma"; between spaces so that one search finds a form.
constexpr std::string_view kVerbs =
    " am be is be are be was be were be been be being be 's be 're be 'm be has have had have"
    " having have 've have 'd have does do did do done do goes go went go gone go said say says"
    " say made make got get gotten get told tell took take taken take found find came come left"
    " leave known know knew know sent send given give gave give thought think saw see seen see"
    " born bear borne bear bore bear felt feel became become heard hear brought bring held hold"
    " lost lose began begin begun begin spent spend kept keep paid pay wrote write written write"
    " built build met meet spoke speak spoken speak shown show bought buy won win ran run grew"
    " grow grown grow caught catch meant mean taught teach drove drive driven drive broke break"
    " broken break forgot forget forgotten forget sought seek sold sell chose choose chosen"
    " choose fell fall fallen fall ate eat eaten eat sat sit dealt deal understood understand"
    " threw throw thrown throw blew blow blown blow rose rise risen rise drank drink drunk drink"
    " proven prove drew draw drawn draw hung hang slept sleep stood stand rang ring rung ring"
    " swore swear sworn swear wore wear worn wear stuck stick froze freeze frozen freeze lay lie"
    " lain lie laid lay flew fly flown fly shot shoot struck strike stricken strike hid hide"
    " hidden hide stole steal stolen steal overcame overcome undertook undertake undertaken"
    " undertake withdrew withdraw withdrawn withdraw stunk stink arose arise arisen arise learnt"
    " learn shook shake shaken shake bent bend lent lend led lead bled bleed fed feed fled flee"
    " sped speed bred breed bound bind wound wind fought fight sang sing sung sing sank sink sunk"
    " sink swam swim swum swim sprang spring sprung spring shrank shrink shrunk shrink swung"
    " swing clung cling flung fling stung sting strung string wrung wring tore tear torn tear"
    " woke wake woken wake wove weave woven weave bit bite bitten bite rode ride ridden ride"
    " strove strive striven strive strode stride forbade forbid forbidden forbid forgave forgive"
    " forgiven forgive foresaw foresee foreseen foresee oversaw oversee overseen oversee overtook"
    " overtake overtaken overtake overthrew overthrow overthrown overthrow mistook mistake"
    " mistaken mistake partook partake upheld uphold withheld withhold withstood withstand undid"
    " undo undone undo underwent undergo undergone undergo misled mislead rebuilt rebuild resold"
    " resell rewrote rewrite rewritten rewrite outgrew outgrow slid slide slain slay slew slay"
    " swept sweep wept weep crept creep leapt leap dreamt dream burnt burn spelt spell spilt"
    " spill dug dig spun spin spat spit lit light knelt kneel sewn sew sown sow mown mow sawn saw"
    " dying die lying lie tying tie vying vie died die lied lie tied tie vied vie untied untie"
    " belied belie belying belie underlying underlie underlies underlie dies die lies lie ties"
    " tie vies vie belies belie beat beat beaten beat befell befall beheld behold beset beset"
    " outbid outbid repaid repay unpaid unpay misspoke misspeak misspoken misspeak reneged renege"
    " eyed eye eyeing eye dyed dye hoed hoe trafficked traffic trafficking traffic panicked panic"
    " panicking panic mimicked mimic mimicking mimic picnicking picnic singeing singe ageing age"
    " aging age owed owe owing owe awed awe used use using use outdid outdo bidden bid trodden"
    " tread trod tread smitten smite stank stink hewn hew swollen swell shorn shear sworn swear"
    " retook retake retaken retake misunderstood misunderstand mislaid mislay relaid relay inlaid"
    " inlay ai be gon go wan want got get ";
constexpr std::string_view kPresent =
    " am be are be 'm be 're be 've have 's be ai be gon go wan want ";
constexpr std::string_view kNouns =
    " men man women woman children child people people feet foot teeth tooth mice mouse geese"
    " goose lice louse oxen ox lives life wives wife knives knife leaves leaf thieves thief"
    " shelves shelf halves half wolves wolf loaves loaf selves self themselves self calves calf"
    " scarves scarf hooves hoof analyses analysis crises crisis theses thesis hypotheses"
    " hypothesis diagnoses diagnosis parentheses parenthesis axes axis oases oasis syntheses"
    " synthesis prognoses prognosis emphases emphasis antitheses antithesis criteria criterion"
    " phenomena phenomenon bacteria bacterium strata stratum alumni alumnus stimuli stimulus"
    " nuclei nucleus fungi fungus radii radius indices index matrices matrix vertices vertex"
    " appendices appendix curricula curriculum memoranda memorandum referenda referendum addenda"
    " addendum errata erratum ova ovum spectra spectrum formulae formula larvae larva buses bus"
    " gases gas viruses virus bonuses bonus campuses campus statuses status censuses census"
    " choruses chorus consensuses consensus focuses focus geniuses genius surpluses surplus"
    " syllabuses syllabus abacuses abacus biases bias aliases alias atlases atlas canvases canvas"
    " irises iris lenses lens quizzes quiz heroes hero potatoes potato tomatoes tomato vetoes"
    " veto cargoes cargo echoes echo embargoes embargo mosquitoes mosquito tornadoes tornado"
    " torpedoes torpedo volcanoes volcano noes no zeroes zero ties tie pies pie lies lie dies die"
    " movies movie cookies cookie zombies zombie calories calorie genies genie rookies rookie"
    " hippies hippie brownies brownie selfies selfie prairies prairie lingerie lingerie species"
    " species series series means means news news headquarters headquarters aircraft aircraft"
    " spacecraft spacecraft crossroads crossroads politics politics economics economics barracks"
    " barracks gallows gallows works work sheep sheep fish fish deer deer data data media media"
    " caches cache aches ache headaches headache avalanches avalanche niches niche axe axe"
    " premises premise bases base gentlemen gentleman policemen policeman businessmen businessman"
    " spokesmen spokesman spokeswomen spokeswoman congressmen congressman lawmen lawman fishermen"
    " fisherman chairmen chairman servicemen serviceman gunmen gunman workmen workman firemen"
    " fireman freshmen freshman passersby passerby attorneys-general attorney-general yourselves"
    " yourself ourselves ourselves dwarves dwarf hives hive menus menu gurus guru emus emu flus"
    " flu tofus tofu thanks thanks pants pants lens lens chassis chassis precis precis corps"
    " corps tvs tv pcs pc troops troops clothes clothes goods goods proceedings proceedings"
    " surroundings surroundings whereabouts whereabouts savings savings arrears arrears proceeds"
    " proceeds remains remains regards regards grounds grounds jeans jeans glasses glasses"
    " outskirts outskirts grandchildren grandchild schoolchildren schoolchild monies money"
    " corpora corpus ";
constexpr std::string_view kOthers =
    " better good best good worse bad worst bad farther far farthest far further further furthest"
    " far more more most most less less least least elder old eldest old ";
constexpr std::string_view kFunctionWords =
    " me I him he us we them they 'em they her she 's we mine my an a these this those that 'll"
    " will ca can wo will 'd would sha shall n't not n’t not i I ";
// Verb stems that end like others with a final e but have none, and the other way round.
constexpr std::string_view kNoE =
    " focus bias canvas visit limit edit exhibit prohibit inhibit target budget market combat"
    " format treat threat eat heat beat cheat defeat repeat seat retreat mistreat float coat boat"
    " chat develop envelop gallop worship gossip equip monitor favor anchor honor sponsor author"
    " harbor labor color humor rumor mirror error vector tailor minor armor pilot pivot riot"
    " ballot root forbid aid raid avoid pad add need offer deliver order avert assert answer"
    " gather enter sustain begin win ruin envision cash bring sing long hang belong ring sting"
    " fling cling wrong swing prolong spring string throng long bang sling gang signal total"
    " equal rival label travel model cancel counsel channel panel fuel duel level appeal reveal"
    " deal control patrol petrol pencil council peril stencil exam program claim aim slam scam"
    " problem item deem seem blossom custom bottom fathom phantom ransom random condition rebel"
    " excel compel expel propel repel open happen threaten strengthen weaken listen tighten"
    " deepen heighten worsen shorten widen straighten loosen lessen fasten hasten fallen soften"
    " question mention station function sanction person reason season poison prison abandon"
    " pardon pension mission caution auction commission petition summon iron train chain gain"
    " join remain contain maintain explain obtain complain detain retain entertain attain refrain"
    " restrain train strain drain stain rain coin appear near hear clear fear bear tear wear"
    " swear smear rear gear bargain mean loan clean lean scan ban plan man span moan groan pass"
    " press murmur spur blur occur recur concur incur pour tour favour labour honour sour scour"
    " devour harbour hear contour detour neighbour vapour credit audit profit benefit transit"
    " recruit deposit await wait orbit merit inherit solicit elicit spirit suit submit commit"
    " admit permit omit emit transmit remit quit hit sit fit split spit knit permit bait debit"
    " debut output input put cut shut shout scout sprout tout rout oust plot shoot boot allot"
    " loot foot dot knot blot spot jot trot get set let bet upset fret pet wet vet net abet"
    " regret offset reset forget jet fillet quiet greet sheet meet tweet fleet diet bracket"
    " rocket ticket docket pocket trumpet blanket carpet covet fidget plummet interpret load"
    " upload download unload lead read spread head bead plead tread dread broadcast toil"
    " boil foil spoil soil coil fail sail nail mail jail hail trail bail assail avail prevail"
    " derail curtail detail retail entail tail rail veil heal seal steal squeal conceal kneel"
    " peel feel steel wheel reel crawl haul maul pool cool fool school tool fill kill spill till"
    " instil fulfil distil enrol annul pull roll toll poll call install recall stall wall small"
    " lower tower power flower empower cover discover recover uncover consider render surrender"
    " hinder wonder ponder blunder plunder murder border launder tender wander slander bolster"
    " foster master register minister administer muster cluster filter alter falter shelter"
    " swelter center enter counter encounter hunter matter scatter shatter batter flatter better"
    " letter litter utter mutter differ suffer buffer confer defer infer prefer refer transfer"
    " bother further weather lather temper hamper tamper whisper prosper pepper power trigger"
    " stagger anger linger hunger conquer remember number chamber slumber hammer stammer barter"
    " charter quarter cater water barter pamper steer veer cheer peer engineer volunteer pioneer"
    " career sneer queer stir air repair pair impair despair hair chair jar roar soar neighbor"
    " censor abhor door floor moor poor err pur cash canvass veto forego echo embargo radio zero ";
constexpr std::string_view kWithE =
    " creat recreat procreat cit unit invit excit recit extradit ignit reunit expedit incit writ bit complet delet compet"
    " deplet obsolet conced preced reced supersed imped seced interced acced interven conven"
    " conven contraven interfer adher sever her persever postpon dethron clon condon phon ton"
    " ston hon zon breath cloth bath sooth loath seeth tith writh lath din min fin lin min outlin"
    " shin whin win dun tun prun com nam tam fram blam gam flam sham tim crim prim mim chim"
    " welcom becom overcom assum resum consum presum fum exhum perfum subsum costum volum plum"
    " shap escap tap rap scrap reshap drap gap wip pip swip snip grip strip cop hop scop slop"
    " elop grop rop typ hyp dup describ prescrib brib inscrib subscrib ascrib transcrib"
    " circumscrib prob rob glob strob bab cub tub mak tak shak wak brak stak fak bak rak mistak"
    " forsak undertak strik lik hik bik spik provok invok evok revok smok jok chok stok pok strok"
    " rebuk nuk puk decid provid guid resid divid collid sid hid rid presid subsid confid coincid"
    " slid glid prid bid rid deride trad persuad invad evad upgrad degrad fad blockad grad parad"
    " downgrad masquerad crusad dissuad pervad wad jad includ exclud conclud prelud allud elud"
    " delud intrud protrud preclud exud explod cod erod corrod od fil compil til reconcil smil"
    " exil pil profil stockpil beguil wil whil scal inhal exhal pal whal stal consol pol cajol"
    " parol extol hol rul schedul overrul ridicul capsul pul vehicul us abus accus confus refus"
    " excus amus fus diffus caus paus hous chang challeng arrang exchang rang plung aveng reveng"
    " rearrang lung cring hing sing ting binge infring imping fring loung spong scroung estrang"
    " judg pledg dredg hedg trudg nudg bridg lodg dislodg acknowledg charg urg merg enlarg emerg"
    " purg forg surg recharg discharg diverg converg submerg verg indulg bulg divulg oblig manag"
    " engag damag encourag discourag rag stag wag pag salvag ravag sabotag forag besieg alleg"
    " renege gaug impos oppos propos expos compos dispos suppos clos los enclos disclos ros pos"
    " dos chos nos purchas eras increas decreas releas leas ceas pleas teas eas phas chas phras"
    " creas promis advis revis rais prais compromis ris exercis devis tast wast past hast"
    " supervis despis televis surmis appris improvis ";
// Doubled at the end because the verb itself ends so: "call", not "cal".
constexpr std::string_view kSingleL =
    " cancel control compel expel propel repel rebel excel travel model label level channel"
    " counsel signal total equal rival fuel duel patrol annul marshal dispel impel pencil panel"
    " tunnel funnel quarrel marvel shovel unravel parcel initial dial trial spiral extol cartel"
    " appal pedal medal metal swivel drivel grovel snivel tow hotel cudgel libel chisel impel ";

std::string between_spaces(std::string_view word) {
  std::string out(1, ' ');
  out += word;
  out += ' ';
  return out;
}

bool listed(std::string_view list, std::string_view word) {
  return list.find(between_spaces(word)) != list.npos;
}

// The word after `form` in a list of pairs.
std::string_view paired(std::string_view list, std::string_view form) {
  const std::string wanted = between_spaces(form);
  for (std::size_t at = list.find(wanted); at != list.npos; at = list.find(wanted, at + 1)) {
    // Forms stand at even places; count the spaces before to tell a form from a lemma.
    std::size_t place = 0;
    for (const char c : list.substr(0, at)) place += c == ' ';
    if (place % 2 != 0) continue;
    const auto rest = list.substr(at + wanted.size());
    return rest.substr(0, rest.find(' '));
  }
  return {};
}

bool is_vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }
bool has_vowel(std::string_view s) { return s.find_first_of("aeiouy") != s.npos; }

// Does the stem left by -ed or -ing want its e back: "announc" + e?
bool wants_e(std::string_view stem) {
  if (listed(kNoE, stem)) return false;
  if (listed(kWithE, stem)) return true;
  const auto ends = [&](std::string_view tail) { return stem.ends_with(tail); };
  const std::size_t n = stem.size();
  const char last = stem[n - 1];
  const char before = n > 1 ? stem[n - 2] : ' ';
  const bool after_qu = n > 3 && stem[n - 3] == 'u' && stem[n - 4] == 'q';  // "requir" + e
  const bool two_vowels = n > 2 && is_vowel(before) && is_vowel(stem[n - 3]) && !after_qu;
  if (last == 'c' || last == 'v' || last == 'u' || last == 'z')
    return before != last && !(last == 'z' && before == 't');
  if (last == 's') return before != 's';
  if (last == 'g') return before != 'n' && before != 'g';
  if (last == 'l') return n > 2 && std::string_view("bcdfgkpstz").find(before) != std::string_view::npos;
  if (last == 'h') return false;
  if (ends("at")) return n >= 3 && !ends("eat") && !ends("oat");
  if (ends("ut") || ends("ot")) return !two_vowels;
  if (ends("id") || ends("ad") || ends("ud") || ends("od")) return !two_vowels;
  if (ends("ir") || ends("ur") || ends("ar") || ends("or")) return !two_vowels;
  if (ends("in")) return !two_vowels;
  if (ends("ak") || ends("ik") || ends("ok") || ends("uk") || ends("um") || ends("am"))
    return !two_vowels;
  if (ends("ap") || ends("yp") || ends("ib")) return !two_vowels;
  return false;
}

// "stopp" -> "stop", "call" -> "call", "announc" -> "announce".
std::string restored(std::string_view stem) {
  const std::size_t n = stem.size();
  std::string out(stem);
  if (n >= 3 && stem[n - 1] == stem[n - 2] && !is_vowel(stem[n - 1])) {
    const char last = stem[n - 1];
    const auto single = stem.substr(0, n - 1);
    const bool keeps = last == 's' || last == 'f' || last == 'z' ||
                       (last == 'l' && !listed(kSingleL, single)) || stem == "add" ||
                       stem == "err" || stem == "purr" || stem == "ebb" || stem == "butt" ||
                       stem == "boycott";
    if (stem == "focuss" || stem == "biass") return std::string(single);
    return keeps ? out : std::string(single);
  }
  if (n >= 2 && wants_e(stem)) out += 'e';
  return out;
}

std::string verb(const std::string& word, Tag tag) {
  // A base form is its own lemma, so "to found" and "to lay" are not "find" and "lie".
  if (tag == Tag::VB || tag == Tag::VBP) {
    const auto present = paired(kPresent, word);
    return present.empty() ? word : std::string(present);
  }
  if (const auto irregular = paired(kVerbs, word); !irregular.empty())
    return std::string(irregular);
  const std::string_view w = word;
  const auto ends = [&](std::string_view tail) { return w.ends_with(tail); };
  if (tag == Tag::VBZ) {
    if (ends("ies") && w.size() > 4) return word.substr(0, w.size() - 3) + "y";
    if (ends("sses") || ends("shes") || ends("ches") || ends("xes") || ends("zzes") || ends("oes"))
      return word.substr(0, w.size() - (w == "aches" || w == "caches" ? 1 : 2));
    if (w == "focuses" || w == "biases") return word.substr(0, w.size() - 2);
    if (ends("s") && !ends("ss")) return word.substr(0, w.size() - 1);
  }
  if (tag == Tag::VBD || tag == Tag::VBN) {
    if (ends("ied") && w.size() > 4) return word.substr(0, w.size() - 3) + "y";
    if (ends("reed") || ends("teed") || w == "freed") return word.substr(0, w.size() - 1);
    if (ends("ed") && w.size() > 3 && has_vowel(w.substr(0, w.size() - 2)))
      return restored(w.substr(0, w.size() - 2));
  }
  if (tag == Tag::VBG && ends("ing") && w.size() > 4 && has_vowel(w.substr(0, w.size() - 3)))
    return restored(w.substr(0, w.size() - 3));
  return word;
}

std::string noun(const std::string& word) {
  if (const auto irregular = paired(kNouns, word); !irregular.empty())
    return std::string(irregular);
  const std::string_view w = word;
  const auto ends = [&](std::string_view tail) { return w.ends_with(tail); };
  if (w.size() < 4 || !ends("s") || ends("ss") || ends("us")) {
    if (ends("men") && w.size() > 5) return word.substr(0, w.size() - 2) + "an";
    return w.size() == 3 && ends("s") && !ends("ss") && !ends("us") && !ends("is")
               ? word.substr(0, 2)
               : word;
  }
  if (ends("ies")) return word.substr(0, w.size() - 3) + "y";
  if (ends("sses") || ends("shes") || ends("ches") || ends("xes") || ends("zzes"))
    return word.substr(0, w.size() - 2);
  return word.substr(0, w.size() - 1);
}

std::string other(const std::string& word) {
  if (const auto irregular = paired(kOthers, word); !irregular.empty())
    return std::string(irregular);
  const std::string_view w = word;
  const std::size_t tail = w.ends_with("est") ? 3 : w.ends_with("er") ? 2 : 0;
  if (tail == 0 || w.size() < tail + 3) return word;
  std::string stem = word.substr(0, w.size() - tail);
  const std::size_t n = stem.size();
  if (stem[n - 1] == 'i') return stem.substr(0, n - 1) + "y";
  if (stem[n - 1] == stem[n - 2] && stem[n - 1] != 'l' && stem[n - 1] != 's')
    return stem.substr(0, n - 1);
  static constexpr std::string_view kAdjectivesInE =
      " larg lat saf wid clos fin nic strang wis rar brav whit blu cut gentl simpl abl humbl nobl"
      " littl fre fierc sever sincer remot dens intens scarc dir har bar pur matur sur ";
  return listed(kAdjectivesInE, stem) ? stem + "e" : stem;
}

bool is_acronym_plural(std::string_view word) {  // "NGOs"
  if (word.size() < 3 || word.back() != 's') return false;
  for (const char c : word.substr(0, word.size() - 1))
    if (c < 'A' || c > 'Z') return false;
  return true;
}

std::string proper(std::string_view word, Tag tag) {
  std::string out(word);
  const bool capitals = out.size() > 1 && out[1] >= 'A' && out[1] <= 'Z';
  if (tag != Tag::NNPS || capitals || out.size() < 4 || !out.ends_with("s") || out.ends_with("ss"))
    return out;
  if (out.ends_with("ies")) return out.substr(0, out.size() - 3) + "y";
  return out.substr(0, out.size() - 1);
}

}  // namespace

std::string lemma(std::string_view word, Tag tag) {
  if (word.empty()) return {};
  if (is_proper(tag)) return proper(word, tag);
  std::string lower(word);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  if (lower.starts_with("’")) lower.replace(0, std::string_view("’").size(), "'");
  switch (tag) {
    case Tag::VB: case Tag::VBD: case Tag::VBG: case Tag::VBN: case Tag::VBP: case Tag::VBZ:
      return verb(lower, tag);
    case Tag::NNS:
      if (word[0] >= '0' && word[0] <= '9') return lower;  // "1970s"
      if (is_acronym_plural(word)) return std::string(word.substr(0, word.size() - 1));
      return noun(lower);
    case Tag::JJR: case Tag::JJS: case Tag::RBR: case Tag::RBS: return other(lower);
    case Tag::PRP: case Tag::DT: case Tag::MD: case Tag::RB: {
      const auto found = paired(kFunctionWords, lower);
      return found.empty() ? lower : std::string(found);
    }
    default: return lower;
  }
}

}  // namespace entente
