# The arrows of the house, as a test: includes point one way, schema <- storage <- graph <- tools.
# Run as: cmake -DROOT=DIR -P tests/layering.cmake. With -DSELF_TEST=ON it checks itself.
cmake_minimum_required(VERSION 3.25)

# Which folders of ours may include which, and where foreign headers may stand.
set(may_include_schema "schema")
set(may_include_storage "schema|storage")
set(may_include_graph "schema|storage|graph")
set(may_include_import "schema|tools/import")
set(may_include_exchange "schema|tools/exchange")
set(may_include_answer "schema|storage|graph|tools/exchange|tools/answer")
set(may_include_serve "schema|storage|graph|tools/exchange|tools/answer|tools/serve")
set(may_include_cli "schema|storage|graph|tools/import|tools/exchange|tools/answer|tools/serve|tools/cli")

set(faults 0)

function(check_includes folder allowed)
  file(GLOB_RECURSE sources ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp)
  foreach(source ${sources})
    file(STRINGS ${source} lines REGEX "^[ \t]*#[ \t]*include[ \t]*\"(schema|storage|graph|tools)/")
    foreach(line ${lines})
      if(NOT line MATCHES "include[ \t]*\"(${allowed})/")
        message(SEND_ERROR "${source}: ${line}: ${folder} may include only ${allowed}")
      endif()
    endforeach()
  endforeach()
endfunction()

# A foreign library enters through one folder.
function(check_foreign pattern home)
  file(GLOB_RECURSE sources ${ROOT}/schema/*.h ${ROOT}/schema/*.cpp ${ROOT}/storage/*.h
       ${ROOT}/storage/*.cpp ${ROOT}/graph/*.h ${ROOT}/graph/*.cpp ${ROOT}/tools/*.h
       ${ROOT}/tools/*.cpp)
  foreach(source ${sources})
    file(RELATIVE_PATH name ${ROOT} ${source})
    if(name MATCHES "^${home}/")
      continue()
    endif()
    file(STRINGS ${source} lines REGEX "^[ \t]*#[ \t]*include[ \t]*<${pattern}")
    foreach(line ${lines})
      message(SEND_ERROR "${name}: ${line}: only ${home}/ may include <${pattern}...>")
    endforeach()
  endforeach()
endfunction()

check_includes(schema "${may_include_schema}")
check_includes(storage "${may_include_storage}")
check_includes(graph "${may_include_graph}")
check_includes(tools/import "${may_include_import}")
check_includes(tools/exchange "${may_include_exchange}")
check_includes(tools/answer "${may_include_answer}")
check_includes(tools/serve "${may_include_serve}")
check_includes(tools/cli "${may_include_cli}")
check_foreign("rocksdb/" "storage")
check_foreign("boost/graph/" "graph")
check_foreign("boost/beast/" "tools/serve")
check_foreign("(capnp|kj)/" "(schema|tools/serve)")
check_foreign("gumbo[.]h" "tools/import/input")

# Nothing but the options factory makes ReadOptions: RocksDB 7.8 loses rows silently without
# ignore_range_deletions (storage/FORMAT.md says which upstream fault that is). DeleteRange and
# forced file deletions are never called at all.
file(GLOB_RECURSE storage_sources ${ROOT}/storage/*.h ${ROOT}/storage/*.cpp ${ROOT}/tests/*.cpp)
foreach(source ${storage_sources})
  file(RELATIVE_PATH name ${ROOT} ${source})
  if(NOT name MATCHES "^storage/options[.](h|cpp)$")
    file(STRINGS ${source} lines REGEX "ReadOptions[ \t]*[({]|rocksdb::ReadOptions[ \t]+[a-z]")
    foreach(line ${lines})
      message(SEND_ERROR "${name}: ${line}: only storage/options.cpp makes ReadOptions")
    endforeach()
  endif()
  file(STRINGS ${source} lines REGEX "DeleteRange[ \t]*\\(|EnableFileDeletions[ \t]*\\(")
  foreach(line ${lines})
    message(SEND_ERROR "${name}: ${line}: never called on RocksDB 7.8 (storage/FORMAT.md)")
  endforeach()
endforeach()

# No file of a thousand lines.
file(GLOB_RECURSE sources ${ROOT}/schema/* ${ROOT}/storage/*.h ${ROOT}/storage/*.cpp
     ${ROOT}/graph/*.h ${ROOT}/graph/*.cpp ${ROOT}/tools/*.h ${ROOT}/tools/*.cpp ${ROOT}/tests/*.cpp)
foreach(source ${sources})
  file(STRINGS ${source} lines)
  list(LENGTH lines count)
  if(count GREATER 999)
    message(SEND_ERROR "${source} has ${count} lines")
  endif()
endforeach()
