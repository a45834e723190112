#pragma once
#include "tools/answer/session.h"
