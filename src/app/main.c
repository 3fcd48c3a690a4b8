// guanxi COMMAND: the table below is the program.
#include "app/wiring.h"
#include "crypto/crypto.h"
#include "os/os.h"

#include <stdio.h>

const Command COMMANDS[] = {
    { "serve",
      "serve [--data DIR] [--listen HOST:PORT] [--db postgres://…] [--key FILE] [--trusted-proxy "
      "LIST]",
      "Run the server.", serve_command },
    { "init", "init --data DIR --admin NAME --password-file FILE [--name FULL-NAME]",
      "Make the store and its first administrator.", init_command },
    { "import",
      "import orders|customers|products|lines|payments FILE [--preset P] [--dry-run] [--json] "
      "[--data DIR]",
      "Import a file; prints what was created, changed and refused.", import_command },
    { "undo", "undo IMPORT [--json] [--data DIR]", "Undo an import.", undo_command },
    { "export", "export COLLECTION [--format csv|xlsx] [--filter JSON] [--out FILE] [--data DIR]",
      "Write a list to a file.", export_command },
    { "verify", "verify [--json] [--data DIR]",
      "Prove the store: integrity, change chain, kept totals.", verify_command },
    { "backup", "backup [--to DIR] [--data DIR] | backup verify BACKUP [--key FILE] [--data DIR]",
      "Back the store up while it runs; prove that a backup restores.", backup_command },
    { "restore", "restore BACKUP --data NEW [--key FILE]",
      "Make a data directory from a backup; the key file is needed.", restore_command },
    { "call", "call METHOD PATH [JSON] [--data DIR]",
      "Any request of the API, as the host's administrator.", call_command },
    { "key", "key rotate|reencrypt [--data DIR]",
      "A new master key, or a new data key for all sealed values.", key_command },
    { "routes", "routes [--json]", "All routes with permission and audit word.", routes_command },
    { "upgrade", "upgrade --check [--data DIR]", "Say which migrations a start would run.",
      upgrade_command },
    { "demo", "demo [--customers N] [--json] [--data DIR]",
      "Fill an empty store with a shop to look around in.", demo_command },
};
const size_t COMMANDS_LEN = ARRAY_LEN(COMMANDS);

static int help(void)
{
    (void)printf("Guanxi %s, customers of online shops.\n\nguanxi COMMAND [OPTIONS]\n\n",
                 GUANXI_VERSION);
    for (size_t i = 0; i < COMMANDS_LEN; i++)
        (void)printf("  %-9s %s\n", COMMANDS[i].name, COMMANDS[i].summary);
    (void)printf("\nguanxi COMMAND --help tells the options. Exit codes: 0 done, 1 failed, 64 "
                 "wrong use, 78 cannot start.\n");
    return EXIT_OK_;
}

static int run(const Command *c, int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0) {
            (void)printf("%s\n\nguanxi %s\n", c->summary, c->usage);
            return EXIT_OK_;
        }
    return c->run(argc, argv);
}

int main(int argc, char **argv)
{
    os_signals_init();
    crypto_init();
    map_seed(os_random_u64(), os_random_u64());
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
        return help();
    if (strcmp(argv[1], "--version") == 0) {
        (void)printf("guanxi %s\n", GUANXI_VERSION);
        return EXIT_OK_;
    }
    for (size_t i = 0; i < COMMANDS_LEN; i++)
        if (strcmp(argv[1], COMMANDS[i].name) == 0)
            return run(&COMMANDS[i], argc - 2, argv + 2);
    (void)fprintf(stderr, "guanxi: there is no command '%s'; see guanxi help\n", argv[1]);
    return EXIT_USAGE;
}
