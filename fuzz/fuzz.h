// What every target defines. Targets abort (check) on a broken promise and return 0.
#ifndef GUANXI_FUZZ_FUZZ_H
#define GUANXI_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
