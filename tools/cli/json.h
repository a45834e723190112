#pragma once
#include "tools/answer/json.h"
