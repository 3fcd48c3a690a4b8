// PostgreSQL for tests.
#ifndef GUANXI_TEST_PG_H
#define GUANXI_TEST_PG_H

// The postgres:// address of a fresh, empty database on a cluster of this process, started at the
// first call on a unix socket in a temporary folder and stopped at exit. With GUANXI_TEST_PG (the
// address of a running cluster) only a database is made there. NULL, and the test marked as
// skipped, when no PostgreSQL is installed. The text lives as long as the process.
const char *kit_postgres(void);

#endif
