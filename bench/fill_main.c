// bench_fill DATA CUSTOMERS: for benches of the running program.
#include "bench.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    int64_t customers = 0;
    if (argc != 3 || !str_int(str_z(argv[2]), &customers) || customers < 1) {
        (void)fprintf(stderr, "usage: bench_fill DATA CUSTOMERS\n");
        return 64;
    }
    Bench b;
    bench_open(&b, argv[1]);
    bench_fill(&b, customers);
    bench_close(&b);
    return 0;
}
