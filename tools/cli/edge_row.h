#pragma once
#include "tools/answer/edge_row.h"
