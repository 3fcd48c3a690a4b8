// Written by "npm run types" from openapi.json; not by hand.
export interface paths {
    "/api/v1/meta": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Entities and fields as the caller may see them */
        get: operations["get_meta"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["get_openapi_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suggest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search everything for the command palette */
        get: operations["get_suggest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search the audit log */
        get: operations["get_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search the audit log */
        post: operations["post_changes_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count audit rows */
        post: operations["post_changes_aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export the audit log */
        post: operations["post_changes_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process is alive */
        get: operations["get_healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The store answers */
        get: operations["get_readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counters for Prometheus */
        get: operations["get_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All settings */
        get: operations["get_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change settings */
        patch: operations["patch_settings"];
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Background jobs the caller may see */
        get: operations["get_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One background job */
        get: operations["get_jobs_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a job */
        post: operations["post_jobs_id_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Undo what a job did */
        post: operations["post_jobs_id_undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The result file of a job */
        get: operations["get_jobs_id_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/path": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the file lies, for commands on the host */
        get: operations["get_jobs_id_path"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Server-sent events */
        get: operations["get_stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove the store */
        post: operations["post_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Wrap the data keys by a new master key */
        post: operations["post_keys_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/reencrypt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Seal all personal values anew with a new data key */
        post: operations["post_keys_reencrypt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List views */
        get: operations["get_views"];
        put?: never;
        /** Create one of views */
        post: operations["post_views"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search views */
        post: operations["post_views_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count and sum views */
        post: operations["post_views_aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export views */
        post: operations["post_views_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of views */
        get: operations["get_views_id"];
        put?: never;
        post?: never;
        /** Delete one of views */
        delete: operations["delete_views_id"];
        options?: never;
        head?: never;
        /** Change one of views */
        patch: operations["patch_views_id"];
        trace?: never;
    };
    "/api/v1/views/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of one of views */
        get: operations["get_views_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put back a change, or undelete */
        post: operations["post_views_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change many of views */
        post: operations["post_views_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List fields */
        get: operations["get_fields"];
        put?: never;
        /** Create one of fields */
        post: operations["post_fields"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fields/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search fields */
        post: operations["post_fields_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fields/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count and sum fields */
        post: operations["post_fields_aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fields/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export fields */
        post: operations["post_fields_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fields/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of fields */
        get: operations["get_fields_id"];
        put?: never;
        post?: never;
        /** Delete one of fields */
        delete: operations["delete_fields_id"];
        options?: never;
        head?: never;
        /** Change one of fields */
        patch: operations["patch_fields_id"];
        trace?: never;
    };
    "/api/v1/fields/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of one of fields */
        get: operations["get_fields_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fields/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put back a change, or undelete */
        post: operations["post_fields_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fields/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change many of fields */
        post: operations["post_fields_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the set-up still to be done? */
        get: operations["get_setup"];
        put?: never;
        /** Make the first administrator */
        post: operations["post_setup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in */
        post: operations["post_session"];
        /** Sign out */
        delete: operations["delete_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/captcha": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A puzzle for signing in */
        get: operations["get_captcha"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter the second factor */
        post: operations["post_session_mfa"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter the password again before something delicate */
        post: operations["post_session_step_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your sessions */
        get: operations["get_sessions"];
        put?: never;
        post?: never;
        /** Sign out everywhere else */
        delete: operations["delete_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of your sessions */
        delete: operations["delete_sessions_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forgot the password: begin */
        post: operations["post_recovery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recovery/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forgot the password: the mailed code */
        post: operations["post_recovery_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recovery/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forgot the password: the new one */
        post: operations["post_recovery_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who am I and what may I do? */
        get: operations["get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change your name, e-mail, language */
        patch: operations["patch_me"];
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change your password */
        post: operations["post_me_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a second factor */
        post: operations["post_me_totp"];
        /** Switch the second factor off */
        delete: operations["delete_me_totp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch the second factor on */
        post: operations["post_me_totp_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** See as this user */
        post: operations["post_preview"];
        /** Be yourself again */
        delete: operations["delete_preview"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your API tokens */
        get: operations["get_tokens"];
        put?: never;
        /** Make an API token */
        post: operations["post_tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API token */
        delete: operations["delete_tokens_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Roles of a user */
        get: operations["get_users_id_roles"];
        /** Set the roles of a user */
        put: operations["put_users_id_roles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a user a temporary password */
        post: operations["post_users_id_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Disable a user */
        post: operations["post_users_id_disable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enable a user */
        post: operations["post_users_id_enable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign a user out everywhere */
        delete: operations["delete_users_id_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a user's lost second factor off */
        delete: operations["delete_users_id_totp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{id}/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a role holds, its own and inherited */
        get: operations["get_roles_id_permissions"];
        /** Set what a role holds */
        put: operations["put_roles_id_permissions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{id}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Users of a role */
        get: operations["get_roles_id_users"];
        put?: never;
        /** Give a role to users, or take it */
        post: operations["post_roles_id_users"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move the users of a role to another */
        post: operations["post_roles_id_move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List users */
        get: operations["get_users"];
        put?: never;
        /** Create one of users */
        post: operations["post_users"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search users */
        post: operations["post_users_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count and sum users */
        post: operations["post_users_aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export users */
        post: operations["post_users_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of users */
        get: operations["get_users_id"];
        put?: never;
        post?: never;
        /** Delete one of users */
        delete: operations["delete_users_id"];
        options?: never;
        head?: never;
        /** Change one of users */
        patch: operations["patch_users_id"];
        trace?: never;
    };
    "/api/v1/users/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of one of users */
        get: operations["get_users_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put back a change, or undelete */
        post: operations["post_users_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change many of users */
        post: operations["post_users_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List departments */
        get: operations["get_departments"];
        put?: never;
        /** Create one of departments */
        post: operations["post_departments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/departments/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search departments */
        post: operations["post_departments_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/departments/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count and sum departments */
        post: operations["post_departments_aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/departments/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export departments */
        post: operations["post_departments_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/departments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of departments */
        get: operations["get_departments_id"];
        put?: never;
        post?: never;
        /** Delete one of departments */
        delete: operations["delete_departments_id"];
        options?: never;
        head?: never;
        /** Change one of departments */
        patch: operations["patch_departments_id"];
        trace?: never;
    };
    "/api/v1/departments/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of one of departments */
        get: operations["get_departments_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/departments/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put back a change, or undelete */
        post: operations["post_departments_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/departments/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change many of departments */
        post: operations["post_departments_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List roles */
        get: operations["get_roles"];
        put?: never;
        /** Create one of roles */
        post: operations["post_roles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search roles */
        post: operations["post_roles_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count and sum roles */
        post: operations["post_roles_aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export roles */
        post: operations["post_roles_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of roles */
        get: operations["get_roles_id"];
        put?: never;
        post?: never;
        /** Delete one of roles */
        delete: operations["delete_roles_id"];
        options?: never;
        head?: never;
        /** Change one of roles */
        patch: operations["patch_roles_id"];
        trace?: never;
    };
    "/api/v1/roles/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of one of roles */
        get: operations["get_roles_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put back a change, or undelete */
        post: operations["post_roles_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change many of roles */
        post: operations["post_roles_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List shops */
        get: operations["get_shops"];
        put?: never;
        /** Create one of shops */
        post: operations["post_shops"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shops/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search shops */
        post: operations["post_shops_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shops/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count and sum shops */
        post: operations["post_shops_aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shops/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export shops */
        post: operations["post_shops_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shops/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of shops */
        get: operations["get_shops_id"];
        put?: never;
        post?: never;
        /** Delete one of shops */
        delete: operations["delete_shops_id"];
        options?: never;
        head?: never;
        /** Change one of shops */
        patch: operations["patch_shops_id"];
        trace?: never;
    };
    "/api/v1/shops/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of one of shops */
        get: operations["get_shops_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shops/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put back a change, or undelete */
        post: operations["post_shops_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shops/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change many of shops */
        post: operations["post_shops_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List products */
        get: operations["get_products"];
        put?: never;
        /** Create one of products */
        post: operations["post_products"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search products */
        post: operations["post_products_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count and sum products */
        post: operations["post_products_aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export products */
        post: operations["post_products_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of products */
        get: operations["get_products_id"];
        put?: never;
        post?: never;
        /** Delete one of products */
        delete: operations["delete_products_id"];
        options?: never;
        head?: never;
        /** Change one of products */
        patch: operations["patch_products_id"];
        trace?: never;
    };
    "/api/v1/products/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of one of products */
        get: operations["get_products_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put back a change, or undelete */
        post: operations["post_products_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change many of products */
        post: operations["post_products_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/pictures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a picture to a product */
        post: operations["post_products_id_pictures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/pictures/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One picture of a product */
        get: operations["get_products_id_pictures_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List categories */
        get: operations["get_categories"];
        put?: never;
        /** Create one of categories */
        post: operations["post_categories"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search categories */
        post: operations["post_categories_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count and sum categories */
        post: operations["post_categories_aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export categories */
        post: operations["post_categories_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of categories */
        get: operations["get_categories_id"];
        put?: never;
        post?: never;
        /** Delete one of categories */
        delete: operations["delete_categories_id"];
        options?: never;
        head?: never;
        /** Change one of categories */
        patch: operations["patch_categories_id"];
        trace?: never;
    };
    "/api/v1/categories/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of one of categories */
        get: operations["get_categories_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put back a change, or undelete */
        post: operations["post_categories_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change many of categories */
        post: operations["post_categories_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List customers */
        get: operations["get_customers"];
        put?: never;
        /** Create one of customers */
        post: operations["post_customers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search customers */
        post: operations["post_customers_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count and sum customers */
        post: operations["post_customers_aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export customers */
        post: operations["post_customers_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of customers */
        get: operations["get_customers_id"];
        put?: never;
        post?: never;
        /** Delete one of customers */
        delete: operations["delete_customers_id"];
        options?: never;
        head?: never;
        /** Change one of customers */
        patch: operations["patch_customers_id"];
        trace?: never;
    };
    "/api/v1/customers/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of one of customers */
        get: operations["get_customers_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put back a change, or undelete */
        post: operations["post_customers_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change many of customers */
        post: operations["post_customers_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List contacts */
        get: operations["get_contacts"];
        put?: never;
        /** Create one of contacts */
        post: operations["post_contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search contacts */
        post: operations["post_contacts_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count and sum contacts */
        post: operations["post_contacts_aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export contacts */
        post: operations["post_contacts_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of contacts */
        get: operations["get_contacts_id"];
        put?: never;
        post?: never;
        /** Delete one of contacts */
        delete: operations["delete_contacts_id"];
        options?: never;
        head?: never;
        /** Change one of contacts */
        patch: operations["patch_contacts_id"];
        trace?: never;
    };
    "/api/v1/contacts/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of one of contacts */
        get: operations["get_contacts_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put back a change, or undelete */
        post: operations["post_contacts_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change many of contacts */
        post: operations["post_contacts_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List addresses */
        get: operations["get_addresses"];
        put?: never;
        /** Create one of addresses */
        post: operations["post_addresses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/addresses/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search addresses */
        post: operations["post_addresses_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/addresses/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count and sum addresses */
        post: operations["post_addresses_aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/addresses/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export addresses */
        post: operations["post_addresses_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/addresses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of addresses */
        get: operations["get_addresses_id"];
        put?: never;
        post?: never;
        /** Delete one of addresses */
        delete: operations["delete_addresses_id"];
        options?: never;
        head?: never;
        /** Change one of addresses */
        patch: operations["patch_addresses_id"];
        trace?: never;
    };
    "/api/v1/addresses/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of one of addresses */
        get: operations["get_addresses_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/addresses/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put back a change, or undelete */
        post: operations["post_addresses_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/addresses/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change many of addresses */
        post: operations["post_addresses_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List identities */
        get: operations["get_identities"];
        put?: never;
        /** Create one of identities */
        post: operations["post_identities"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identities/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search identities */
        post: operations["post_identities_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identities/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count and sum identities */
        post: operations["post_identities_aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identities/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export identities */
        post: operations["post_identities_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of identities */
        get: operations["get_identities_id"];
        put?: never;
        post?: never;
        /** Delete one of identities */
        delete: operations["delete_identities_id"];
        options?: never;
        head?: never;
        /** Change one of identities */
        patch: operations["patch_identities_id"];
        trace?: never;
    };
    "/api/v1/identities/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of one of identities */
        get: operations["get_identities_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identities/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put back a change, or undelete */
        post: operations["post_identities_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identities/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change many of identities */
        post: operations["post_identities_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 客户的动态 */
        get: operations["get_customers_id_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 客户每项资料的来源 */
        get: operations["get_customers_id_sources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List orders */
        get: operations["get_orders"];
        put?: never;
        /** Create an order with its lines */
        post: operations["post_orders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search orders */
        post: operations["post_orders_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count and sum orders */
        post: operations["post_orders_aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export orders */
        post: operations["post_orders_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of orders */
        get: operations["get_orders_id"];
        put?: never;
        post?: never;
        /** Delete an order */
        delete: operations["delete_orders_id"];
        options?: never;
        head?: never;
        /** Change an order, or replace its lines */
        patch: operations["patch_orders_id"];
        trace?: never;
    };
    "/api/v1/orders/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of one of orders */
        get: operations["get_orders_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put back a change, or undelete */
        post: operations["post_orders_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change many orders */
        post: operations["post_orders_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lines of an order */
        get: operations["get_orders_id_lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List lines */
        get: operations["get_lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lines/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search lines */
        post: operations["post_lines_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lines/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count and sum lines */
        post: operations["post_lines_aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lines/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export lines */
        post: operations["post_lines_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lines/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of lines */
        get: operations["get_lines_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lines/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of one of lines */
        get: operations["get_lines_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List refunds */
        get: operations["get_refunds"];
        put?: never;
        /** Create a refund with its lines */
        post: operations["post_refunds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/refunds/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search refunds */
        post: operations["post_refunds_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/refunds/aggregate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count and sum refunds */
        post: operations["post_refunds_aggregate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/refunds/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export refunds */
        post: operations["post_refunds_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/refunds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of refunds */
        get: operations["get_refunds_id"];
        put?: never;
        post?: never;
        /** Delete a refund */
        delete: operations["delete_refunds_id"];
        options?: never;
        head?: never;
        /** Change a refund, or replace its lines */
        patch: operations["patch_refunds_id"];
        trace?: never;
    };
    "/api/v1/refunds/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of one of refunds */
        get: operations["get_refunds_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/refunds/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put back a change, or undelete */
        post: operations["post_refunds_id_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/refunds/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change many refunds */
        post: operations["post_refunds_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/refunds/{id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lines of a refund */
        get: operations["get_refunds_id_lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/purchases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a customer buys, and when */
        get: operations["get_customers_id_purchases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the shop stands */
        get: operations["get_home"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List imports */
        get: operations["get_imports"];
        put?: never;
        /** Upload a file to be imported */
        post: operations["post_imports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search imports */
        post: operations["post_imports_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fields a column may lead to */
        get: operations["get_imports_targets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One import with its columns and results */
        get: operations["get_imports_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change how a file is read: encoding, columns, options */
        patch: operations["patch_imports_id"];
        trace?: never;
    };
    "/api/v1/imports/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Dry run: what the import would do */
        post: operations["post_imports_id_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run an import */
        post: operations["post_imports_id_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop an import */
        post: operations["post_imports_id_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an import back */
        post: operations["post_imports_id_undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The refused rows as a CSV file */
        get: operations["get_imports_id_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/presets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Known formats of files */
        get: operations["get_presets"];
        put?: never;
        /** Keep a mapping as a preset */
        post: operations["post_presets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/presets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete an own preset */
        delete: operations["delete_presets_id"];
        options?: never;
        head?: never;
        /** Change an own preset */
        patch: operations["patch_presets_id"];
        trace?: never;
    };
    "/api/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Backups in the data directory, newest first */
        get: operations["get_backups"];
        put?: never;
        /** Back the store up while it runs */
        post: operations["post_backups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fill an empty store with a shop to look around in */
        post: operations["post_demo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        error: {
            error: {
                status: string;
                request: string;
                errors: {
                    code: string;
                    field?: string | null;
                    message: string;
                }[];
            };
            current?: Record<string, never>;
        };
        /** @description one of all, any, not, a field condition {field, op, value}, or a relation {orders:{where,count|sum}} */
        filter: Record<string, never>;
        query: {
            filter?: components["schemas"]["filter"];
            q?: string;
            sort?: string | unknown[];
            limit?: number;
            cursor?: string;
            fields?: string | unknown[];
            count?: boolean | number;
            deleted?: boolean;
        };
        aggregate: {
            filter?: components["schemas"]["filter"];
            q?: string;
            measures: {
                /** @enum {unknown} */
                fn: "count" | "sum" | "avg" | "min" | "max" | "distinct";
                field?: string;
            }[];
            group?: (string | Record<string, never>)[];
            sort?: string;
            limit?: number;
        };
        rows: {
            rows: {
                group: unknown[];
                values: unknown[];
            }[];
        };
        export: {
            filter?: components["schemas"]["filter"];
            q?: string;
            sort?: string;
            fields?: string[];
            ids?: number[];
            /** @enum {unknown} */
            format?: "csv" | "xlsx";
            /** @enum {unknown} */
            headings?: "labels" | "names";
            deleted?: boolean;
        };
        bulk: {
            ids?: number[];
            filter?: components["schemas"]["filter"];
            q?: string;
            /** @enum {unknown} */
            action: "update" | "delete" | "restore";
            set?: Record<string, never>;
            reason?: string;
            deleted?: boolean;
        };
        job: {
            job: number;
        };
        restore: {
            change?: number;
            reason?: string;
        };
        history: {
            items: Record<string, never>[];
            next: string | null;
        };
        meta: Record<string, never>;
        items: {
            items: unknown[];
        };
        object: Record<string, never>;
        /** @description the fields of the record, and its lines */
        order_lines: {
            lines?: {
                product_id?: number | null;
                sku?: string;
                name?: string;
                spec?: string;
                quantity?: string;
                price?: string;
                amount?: string;
            }[];
        };
        purchases: {
            products: unknown[];
            by_month: unknown[];
        };
        home: {
            cards: unknown[];
            series: Record<string, never>;
            top_products: unknown[];
            top_customers: unknown[];
        };
        Change: {
            /** 编号 */
            readonly id: number | null;
            /**
             * 时间
             * Format: date-time
             */
            readonly at?: string | null;
            /** 操作人 */
            readonly actor_id?: number | null;
            /** @description name of what is referred to */
            readonly actor_id$?: string;
            /**
             * 操作
             * @enum {string|null}
             */
            readonly action?: "create" | "update" | "delete" | "restore" | "login" | "login_failed" | "logout" | "denied" | "export" | "import" | "undo" | "reveal" | "setting" | "security" | "system" | null;
            /** 对象 */
            readonly entity?: string | null;
            /** 对象编号 */
            readonly record_id?: number | null;
            /**
             * 来源
             * @enum {string|null}
             */
            readonly origin?: "page" | "api" | "import" | "job" | "cli" | "system" | "undo" | null;
            /** 来源编号 */
            readonly origin_id?: number | null;
            /** 地址 */
            readonly address?: string | null;
            /** 会话 */
            readonly session?: string | null;
            /** 请求 */
            readonly request?: string | null;
            /** 原因 */
            readonly reason?: string | null;
            /** 版本 */
            readonly version?: number | null;
        };
        ChangeList: {
            items: components["schemas"]["Change"][];
            next: string | null;
            count: number | null;
        };
        View: {
            /** 编号 */
            readonly id: number | null;
            /** 对象 */
            entity?: string | null;
            /** 视图名称 */
            name?: string | null;
            /** 共享 */
            shared?: boolean | null;
            /** 所有者 */
            readonly owner_id?: number | null;
            /** @description name of what is referred to */
            readonly owner_id$?: string;
            /** 设置 */
            config?: unknown;
            /** 排序 */
            position?: number | null;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
        };
        ViewList: {
            items: components["schemas"]["View"][];
            next: string | null;
            count: number | null;
        };
        ViewCreate: {
            /** 对象 */
            entity: string | null;
            /** 视图名称 */
            name: string | null;
            /** 共享 */
            shared?: boolean | null;
            /** 设置 */
            config: unknown;
            /** 排序 */
            position?: number | null;
        };
        ViewPatch: {
            /** @description the version the change is based on */
            version?: number;
            /** 视图名称 */
            name?: string | null;
            /** 共享 */
            shared?: boolean | null;
            /** 设置 */
            config?: unknown;
            /** 排序 */
            position?: number | null;
        };
        Field: {
            /** 编号 */
            readonly id: number | null;
            /** 对象 */
            entity?: string | null;
            /**
             * 字段名
             * @description 小写字母、数字和下划线，以字母开头
             */
            key?: string | null;
            /** 中文名称 */
            label_zh?: string | null;
            /** 英文名称 */
            label_en?: string | null;
            /**
             * 类型
             * @enum {string|null}
             */
            kind?: "text" | "int" | "bool" | "id" | "money" | "decimal" | "instant" | "day" | "choice" | "json" | null;
            /**
             * 选项
             * @description 选项的列表：name、label_zh、label_en
             */
            choices?: unknown;
            /** 必填 */
            required?: boolean | null;
            /** 列表显示 */
            in_list?: boolean | null;
            /**
             * 个人信息
             * @description 加密保存，按权限脱敏
             */
            pii?: boolean | null;
            /** 停用 */
            hidden?: boolean | null;
            /** 分组 */
            block?: string | null;
            /** 排序 */
            position?: number | null;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
        };
        FieldList: {
            items: components["schemas"]["Field"][];
            next: string | null;
            count: number | null;
        };
        FieldCreate: {
            /** 对象 */
            entity: string | null;
            /**
             * 字段名
             * @description 小写字母、数字和下划线，以字母开头
             */
            key: string | null;
            /** 中文名称 */
            label_zh: string | null;
            /** 英文名称 */
            label_en: string | null;
            /**
             * 类型
             * @enum {string|null}
             */
            kind: "text" | "int" | "bool" | "id" | "money" | "decimal" | "instant" | "day" | "choice" | "json" | null;
            /**
             * 选项
             * @description 选项的列表：name、label_zh、label_en
             */
            choices?: unknown;
            /** 必填 */
            required?: boolean | null;
            /** 列表显示 */
            in_list?: boolean | null;
            /**
             * 个人信息
             * @description 加密保存，按权限脱敏
             */
            pii?: boolean | null;
            /** 停用 */
            hidden?: boolean | null;
            /** 分组 */
            block?: string | null;
            /** 排序 */
            position?: number | null;
        };
        FieldPatch: {
            /** @description the version the change is based on */
            version?: number;
            /** 中文名称 */
            label_zh?: string | null;
            /** 英文名称 */
            label_en?: string | null;
            /**
             * 选项
             * @description 选项的列表：name、label_zh、label_en
             */
            choices?: unknown;
            /** 必填 */
            required?: boolean | null;
            /** 列表显示 */
            in_list?: boolean | null;
            /** 停用 */
            hidden?: boolean | null;
            /** 分组 */
            block?: string | null;
            /** 排序 */
            position?: number | null;
        };
        Job: {
            /** 编号 */
            readonly id: number | null;
            /** 类型 */
            readonly kind?: string | null;
            /** 任务 */
            readonly title?: string | null;
            /**
             * 状态
             * @enum {string|null}
             */
            readonly state?: "queued" | "running" | "done" | "failed" | "cancelled" | null;
            /** 提交人 */
            readonly owner_id?: number | null;
            /** @description name of what is referred to */
            readonly owner_id$?: string;
            /** 已完成 */
            readonly done?: number | null;
            /** 总数 */
            readonly total?: number | null;
            /** 说明 */
            readonly message?: string | null;
            /** 错误 */
            readonly error?: string | null;
            /** 结果 */
            readonly result?: unknown;
            /** 结果文件 */
            readonly file_id?: number | null;
            /** 文件名 */
            readonly file_name?: string | null;
            /** 文件大小 */
            readonly file_size?: number | null;
            /** 撤销的任务 */
            readonly undo_of?: number | null;
            /** 已撤销 */
            readonly undone?: boolean | null;
            /** 可撤销 */
            readonly can_undo?: boolean | null;
            /**
             * 开始时间
             * Format: date-time
             */
            readonly started_at?: string | null;
            /**
             * 结束时间
             * Format: date-time
             */
            readonly ended_at?: string | null;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
        };
        JobList: {
            items: components["schemas"]["Job"][];
            next: string | null;
            count: number | null;
        };
        User: {
            /** 编号 */
            readonly id: number | null;
            /** 用户名 */
            username?: string | null;
            /** 姓名 */
            name?: string | null;
            /** 邮箱 */
            email?: string | null;
            /** 手机 */
            phone?: string | null;
            /** 部门 */
            department_id?: number | null;
            /** @description name of what is referred to */
            readonly department_id$?: string;
            /**
             * 语言
             * @enum {string|null}
             */
            lang?: "zh-CN" | "en" | null;
            /** 已停用 */
            readonly disabled?: boolean | null;
            /** 须修改密码 */
            readonly must_change_password?: boolean | null;
            /** 两步验证 */
            readonly totp?: boolean | null;
            /**
             * 最近登录
             * Format: date-time
             */
            readonly last_login_at?: string | null;
            /** 备注 */
            note?: string | null;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
        };
        UserList: {
            items: components["schemas"]["User"][];
            next: string | null;
            count: number | null;
        };
        UserCreate: {
            /** 用户名 */
            username: string | null;
            /** 姓名 */
            name: string | null;
            /** 邮箱 */
            email?: string | null;
            /** 手机 */
            phone?: string | null;
            /** 部门 */
            department_id?: number | null;
            /**
             * 语言
             * @enum {string|null}
             */
            lang?: "zh-CN" | "en" | null;
            /** 备注 */
            note?: string | null;
        };
        UserPatch: {
            /** @description the version the change is based on */
            version?: number;
            /** 用户名 */
            username?: string | null;
            /** 姓名 */
            name?: string | null;
            /** 邮箱 */
            email?: string | null;
            /** 手机 */
            phone?: string | null;
            /** 部门 */
            department_id?: number | null;
            /**
             * 语言
             * @enum {string|null}
             */
            lang?: "zh-CN" | "en" | null;
            /** 备注 */
            note?: string | null;
        };
        Department: {
            /** 编号 */
            readonly id: number | null;
            /** 名称 */
            name?: string | null;
            /** 上级部门 */
            parent_id?: number | null;
            /** @description name of what is referred to */
            readonly parent_id$?: string;
            /** 排序 */
            position?: number | null;
            /** 备注 */
            note?: string | null;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
        };
        DepartmentList: {
            items: components["schemas"]["Department"][];
            next: string | null;
            count: number | null;
        };
        DepartmentCreate: {
            /** 名称 */
            name: string | null;
            /** 上级部门 */
            parent_id?: number | null;
            /** 排序 */
            position?: number | null;
            /** 备注 */
            note?: string | null;
        };
        DepartmentPatch: {
            /** @description the version the change is based on */
            version?: number;
            /** 名称 */
            name?: string | null;
            /** 上级部门 */
            parent_id?: number | null;
            /** 排序 */
            position?: number | null;
            /** 备注 */
            note?: string | null;
        };
        Role: {
            /** 编号 */
            readonly id: number | null;
            /** 名称 */
            name?: string | null;
            /** 英文名称 */
            name_en?: string | null;
            /** 说明 */
            description?: string | null;
            /** 父角色 */
            parent_id?: number | null;
            /** @description name of what is referred to */
            readonly parent_id$?: string;
            /** 内置 */
            readonly builtin?: string | null;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
        };
        RoleList: {
            items: components["schemas"]["Role"][];
            next: string | null;
            count: number | null;
        };
        RoleCreate: {
            /** 名称 */
            name: string | null;
            /** 英文名称 */
            name_en?: string | null;
            /** 说明 */
            description?: string | null;
            /** 父角色 */
            parent_id?: number | null;
        };
        RolePatch: {
            /** @description the version the change is based on */
            version?: number;
            /** 名称 */
            name?: string | null;
            /** 英文名称 */
            name_en?: string | null;
            /** 说明 */
            description?: string | null;
            /** 父角色 */
            parent_id?: number | null;
        };
        Shop: {
            /** 编号 */
            readonly id: number | null;
            /** 店铺名称 */
            name?: string | null;
            /**
             * 平台
             * @enum {string|null}
             */
            platform?: "other" | "taobao" | "jd" | "pinduoduo" | "douyin" | "youzan" | "1688" | "shopify" | "woocommerce" | "amazon" | "etsy" | "offline" | "site" | null;
            /** 平台店铺编号 */
            external_id?: string | null;
            /** 币种 */
            currency?: string | null;
            /** 网址 */
            url?: string | null;
            /** 已停用 */
            closed?: boolean | null;
            /** 备注 */
            note?: string | null;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
            custom?: Record<string, never>;
        };
        ShopList: {
            items: components["schemas"]["Shop"][];
            next: string | null;
            count: number | null;
        };
        ShopCreate: {
            /** 店铺名称 */
            name: string | null;
            /**
             * 平台
             * @enum {string|null}
             */
            platform: "other" | "taobao" | "jd" | "pinduoduo" | "douyin" | "youzan" | "1688" | "shopify" | "woocommerce" | "amazon" | "etsy" | "offline" | "site" | null;
            /** 平台店铺编号 */
            external_id?: string | null;
            /** 币种 */
            currency?: string | null;
            /** 网址 */
            url?: string | null;
            /** 已停用 */
            closed?: boolean | null;
            /** 备注 */
            note?: string | null;
            custom?: Record<string, never>;
        };
        ShopPatch: {
            /** @description the version the change is based on */
            version?: number;
            /** 店铺名称 */
            name?: string | null;
            /**
             * 平台
             * @enum {string|null}
             */
            platform?: "other" | "taobao" | "jd" | "pinduoduo" | "douyin" | "youzan" | "1688" | "shopify" | "woocommerce" | "amazon" | "etsy" | "offline" | "site" | null;
            /** 平台店铺编号 */
            external_id?: string | null;
            /** 币种 */
            currency?: string | null;
            /** 网址 */
            url?: string | null;
            /** 已停用 */
            closed?: boolean | null;
            /** 备注 */
            note?: string | null;
            custom?: Record<string, never>;
        };
        Category: {
            /** 编号 */
            readonly id: number | null;
            /** 类目 */
            name?: string | null;
            /** 上级类目 */
            parent_id?: number | null;
            /** @description name of what is referred to */
            readonly parent_id$?: string;
            /** 排序 */
            position?: number | null;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
        };
        CategoryList: {
            items: components["schemas"]["Category"][];
            next: string | null;
            count: number | null;
        };
        CategoryCreate: {
            /** 类目 */
            name: string | null;
            /** 上级类目 */
            parent_id?: number | null;
            /** 排序 */
            position?: number | null;
        };
        CategoryPatch: {
            /** @description the version the change is based on */
            version?: number;
            /** 类目 */
            name?: string | null;
            /** 上级类目 */
            parent_id?: number | null;
            /** 排序 */
            position?: number | null;
        };
        Product: {
            /** 编号 */
            readonly id: number | null;
            /** 商品名称 */
            name?: string | null;
            /** 商家编码 */
            sku?: string | null;
            /** 类目 */
            category_id?: number | null;
            /** @description name of what is referred to */
            readonly category_id$?: string;
            /** 品牌 */
            brand?: string | null;
            /** 规格 */
            spec?: string | null;
            /** 单位 */
            unit?: string | null;
            /** 售价 */
            price?: string | null;
            /** 成本 */
            cost?: string | null;
            /** 产地 */
            origin?: string | null;
            /**
             * 条码
             * @description EAN-8、EAN-13、UPC-A 或 GTIN-14，带校验位
             */
            barcode?: string | null;
            /** 库存 */
            stock?: number | null;
            /**
             * 状态
             * @enum {string|null}
             */
            state?: "on_sale" | "off_sale" | null;
            /**
             * 图片
             * @description 图片文件编号的列表
             */
            pictures?: unknown;
            /** 描述 */
            description?: string | null;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
            custom?: Record<string, never>;
        };
        ProductList: {
            items: components["schemas"]["Product"][];
            next: string | null;
            count: number | null;
        };
        ProductCreate: {
            /** 商品名称 */
            name: string | null;
            /** 商家编码 */
            sku?: string | null;
            /** 类目 */
            category_id?: number | null;
            /** 品牌 */
            brand?: string | null;
            /** 规格 */
            spec?: string | null;
            /** 单位 */
            unit?: string | null;
            /** 售价 */
            price?: string | null;
            /** 成本 */
            cost?: string | null;
            /** 产地 */
            origin?: string | null;
            /**
             * 条码
             * @description EAN-8、EAN-13、UPC-A 或 GTIN-14，带校验位
             */
            barcode?: string | null;
            /** 库存 */
            stock?: number | null;
            /**
             * 状态
             * @enum {string|null}
             */
            state?: "on_sale" | "off_sale" | null;
            /**
             * 图片
             * @description 图片文件编号的列表
             */
            pictures?: unknown;
            /** 描述 */
            description?: string | null;
            custom?: Record<string, never>;
        };
        ProductPatch: {
            /** @description the version the change is based on */
            version?: number;
            /** 商品名称 */
            name?: string | null;
            /** 商家编码 */
            sku?: string | null;
            /** 类目 */
            category_id?: number | null;
            /** 品牌 */
            brand?: string | null;
            /** 规格 */
            spec?: string | null;
            /** 单位 */
            unit?: string | null;
            /** 售价 */
            price?: string | null;
            /** 成本 */
            cost?: string | null;
            /** 产地 */
            origin?: string | null;
            /**
             * 条码
             * @description EAN-8、EAN-13、UPC-A 或 GTIN-14，带校验位
             */
            barcode?: string | null;
            /** 库存 */
            stock?: number | null;
            /**
             * 状态
             * @enum {string|null}
             */
            state?: "on_sale" | "off_sale" | null;
            /**
             * 图片
             * @description 图片文件编号的列表
             */
            pictures?: unknown;
            /** 描述 */
            description?: string | null;
            custom?: Record<string, never>;
        };
        Customer: {
            /** 编号 */
            readonly id: number | null;
            /** 姓名/名称 */
            name?: string | null;
            /**
             * 客户类型
             * @enum {string|null}
             */
            kind?: "person" | "business" | null;
            /**
             * 阶段
             * @description 下过有效订单后自动成为客户
             * @enum {string|null}
             */
            stage?: "prospect" | "customer" | null;
            /**
             * 性别
             * @enum {string|null}
             */
            gender?: "male" | "female" | "other" | null;
            /**
             * 生日
             * Format: date
             */
            birthday?: string | null;
            /**
             * 年龄
             * @description 不知道生日时填写
             */
            age?: number | null;
            /** 职业 */
            occupation?: string | null;
            /**
             * 收入水平
             * @enum {string|null}
             */
            income?: "low" | "lower_middle" | "middle" | "upper_middle" | "high" | null;
            /** 身份证号 */
            id_number?: string | null;
            /** 单位 */
            company?: string | null;
            /** 手机/电话 */
            phone?: string | null;
            /** 电子邮箱 */
            email?: string | null;
            /** 微信 */
            wechat?: string | null;
            /** 国家/地区 */
            country?: string | null;
            /** 省 */
            province?: string | null;
            /** 市 */
            city?: string | null;
            /** 区县 */
            district?: string | null;
            /** 详细地址 */
            street?: string | null;
            /** 邮编 */
            postcode?: string | null;
            /** 税号 */
            tax_number?: string | null;
            /** 行业 */
            industry?: string | null;
            /** 员工人数 */
            employees?: number | null;
            /** 网站 */
            website?: string | null;
            /** 经营情况 */
            operation?: string | null;
            /**
             * 信用等级
             * @enum {string|null}
             */
            credit_level?: "excellent" | "good" | "fair" | "poor" | "blocked" | null;
            /** 信用额度 */
            credit_limit?: string | null;
            /**
             * 资信调查日期
             * Format: date
             */
            credit_checked?: string | null;
            /** 资信说明 */
            credit_note?: string | null;
            /** 需求 */
            needs?: string | null;
            /** 购买动机 */
            motive?: string | null;
            /** 购买习惯 */
            habits?: string | null;
            /** 偏好 */
            preferences?: string | null;
            /** 备注 */
            note?: string | null;
            /**
             * 来源渠道
             * @enum {string|null}
             */
            source?: "order" | "import" | "site" | "social" | "chat" | "event" | "partner" | "referral" | "phone" | "store" | "campaign" | "other" | null;
            /** 来源说明 */
            source_note?: string | null;
            /**
             * 采集时间
             * Format: date-time
             */
            collected_at?: string | null;
            /** 采集人 */
            collector_id?: number | null;
            /** @description name of what is referred to */
            readonly collector_id$?: string;
            /** 负责人 */
            owner_id?: number | null;
            /** @description name of what is referred to */
            readonly owner_id$?: string;
            /** 部门 */
            department_id?: number | null;
            /** @description name of what is referred to */
            readonly department_id$?: string;
            /** 订单数 */
            readonly order_count?: number | null;
            /** 消费总额 */
            readonly total_amount?: string | null;
            /** 退款总额 */
            readonly refund_amount?: string | null;
            /** 净消费额 */
            readonly net_amount?: string | null;
            /** 客单价 */
            readonly average_amount?: string | null;
            /** 购买件数 */
            readonly item_count?: string | null;
            /** 退款次数 */
            readonly refund_count?: number | null;
            /**
             * 首次下单
             * Format: date-time
             */
            readonly first_order_at?: string | null;
            /**
             * 最近下单
             * Format: date-time
             */
            readonly last_order_at?: string | null;
            /** 最近购买商品 */
            readonly last_product_id?: number | null;
            /** @description name of what is referred to */
            readonly last_product_id$?: string;
            /** 平均购买间隔(天) */
            readonly gap_mean?: string | null;
            /** 购买间隔中位数(天) */
            readonly gap_median?: string | null;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
            custom?: Record<string, never>;
        };
        CustomerList: {
            items: components["schemas"]["Customer"][];
            next: string | null;
            count: number | null;
        };
        CustomerCreate: {
            /** 姓名/名称 */
            name: string | null;
            /**
             * 客户类型
             * @enum {string|null}
             */
            kind?: "person" | "business" | null;
            /**
             * 阶段
             * @description 下过有效订单后自动成为客户
             * @enum {string|null}
             */
            stage?: "prospect" | "customer" | null;
            /**
             * 性别
             * @enum {string|null}
             */
            gender?: "male" | "female" | "other" | null;
            /**
             * 生日
             * Format: date
             */
            birthday?: string | null;
            /**
             * 年龄
             * @description 不知道生日时填写
             */
            age?: number | null;
            /** 职业 */
            occupation?: string | null;
            /**
             * 收入水平
             * @enum {string|null}
             */
            income?: "low" | "lower_middle" | "middle" | "upper_middle" | "high" | null;
            /** 身份证号 */
            id_number?: string | null;
            /** 单位 */
            company?: string | null;
            /** 手机/电话 */
            phone?: string | null;
            /** 电子邮箱 */
            email?: string | null;
            /** 微信 */
            wechat?: string | null;
            /** 国家/地区 */
            country?: string | null;
            /** 省 */
            province?: string | null;
            /** 市 */
            city?: string | null;
            /** 区县 */
            district?: string | null;
            /** 详细地址 */
            street?: string | null;
            /** 邮编 */
            postcode?: string | null;
            /** 税号 */
            tax_number?: string | null;
            /** 行业 */
            industry?: string | null;
            /** 员工人数 */
            employees?: number | null;
            /** 网站 */
            website?: string | null;
            /** 经营情况 */
            operation?: string | null;
            /**
             * 信用等级
             * @enum {string|null}
             */
            credit_level?: "excellent" | "good" | "fair" | "poor" | "blocked" | null;
            /** 信用额度 */
            credit_limit?: string | null;
            /**
             * 资信调查日期
             * Format: date
             */
            credit_checked?: string | null;
            /** 资信说明 */
            credit_note?: string | null;
            /** 需求 */
            needs?: string | null;
            /** 购买动机 */
            motive?: string | null;
            /** 购买习惯 */
            habits?: string | null;
            /** 偏好 */
            preferences?: string | null;
            /** 备注 */
            note?: string | null;
            /**
             * 来源渠道
             * @enum {string|null}
             */
            source?: "order" | "import" | "site" | "social" | "chat" | "event" | "partner" | "referral" | "phone" | "store" | "campaign" | "other" | null;
            /** 来源说明 */
            source_note?: string | null;
            /**
             * 采集时间
             * Format: date-time
             */
            collected_at?: string | null;
            /** 采集人 */
            collector_id?: number | null;
            /** 负责人 */
            owner_id?: number | null;
            /** 部门 */
            department_id?: number | null;
            custom?: Record<string, never>;
        };
        CustomerPatch: {
            /** @description the version the change is based on */
            version?: number;
            /** 姓名/名称 */
            name?: string | null;
            /**
             * 客户类型
             * @enum {string|null}
             */
            kind?: "person" | "business" | null;
            /**
             * 阶段
             * @description 下过有效订单后自动成为客户
             * @enum {string|null}
             */
            stage?: "prospect" | "customer" | null;
            /**
             * 性别
             * @enum {string|null}
             */
            gender?: "male" | "female" | "other" | null;
            /**
             * 生日
             * Format: date
             */
            birthday?: string | null;
            /**
             * 年龄
             * @description 不知道生日时填写
             */
            age?: number | null;
            /** 职业 */
            occupation?: string | null;
            /**
             * 收入水平
             * @enum {string|null}
             */
            income?: "low" | "lower_middle" | "middle" | "upper_middle" | "high" | null;
            /** 身份证号 */
            id_number?: string | null;
            /** 单位 */
            company?: string | null;
            /** 手机/电话 */
            phone?: string | null;
            /** 电子邮箱 */
            email?: string | null;
            /** 微信 */
            wechat?: string | null;
            /** 国家/地区 */
            country?: string | null;
            /** 省 */
            province?: string | null;
            /** 市 */
            city?: string | null;
            /** 区县 */
            district?: string | null;
            /** 详细地址 */
            street?: string | null;
            /** 邮编 */
            postcode?: string | null;
            /** 税号 */
            tax_number?: string | null;
            /** 行业 */
            industry?: string | null;
            /** 员工人数 */
            employees?: number | null;
            /** 网站 */
            website?: string | null;
            /** 经营情况 */
            operation?: string | null;
            /**
             * 信用等级
             * @enum {string|null}
             */
            credit_level?: "excellent" | "good" | "fair" | "poor" | "blocked" | null;
            /** 信用额度 */
            credit_limit?: string | null;
            /**
             * 资信调查日期
             * Format: date
             */
            credit_checked?: string | null;
            /** 资信说明 */
            credit_note?: string | null;
            /** 需求 */
            needs?: string | null;
            /** 购买动机 */
            motive?: string | null;
            /** 购买习惯 */
            habits?: string | null;
            /** 偏好 */
            preferences?: string | null;
            /** 备注 */
            note?: string | null;
            /**
             * 来源渠道
             * @enum {string|null}
             */
            source?: "order" | "import" | "site" | "social" | "chat" | "event" | "partner" | "referral" | "phone" | "store" | "campaign" | "other" | null;
            /** 来源说明 */
            source_note?: string | null;
            /**
             * 采集时间
             * Format: date-time
             */
            collected_at?: string | null;
            /** 采集人 */
            collector_id?: number | null;
            /** 负责人 */
            owner_id?: number | null;
            /** 部门 */
            department_id?: number | null;
            custom?: Record<string, never>;
        };
        Contact: {
            /** 编号 */
            readonly id: number | null;
            /** 客户 */
            customer_id?: number | null;
            /** @description name of what is referred to */
            readonly customer_id$?: string;
            /** 姓名 */
            name?: string | null;
            /** 职务 */
            position?: string | null;
            /** 电话 */
            phone?: string | null;
            /** 电子邮箱 */
            email?: string | null;
            /** 微信 */
            wechat?: string | null;
            /**
             * 生日
             * Format: date
             */
            birthday?: string | null;
            /** 主要联系人 */
            is_primary?: boolean | null;
            /** 备注 */
            note?: string | null;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
        };
        ContactList: {
            items: components["schemas"]["Contact"][];
            next: string | null;
            count: number | null;
        };
        ContactCreate: {
            /** 客户 */
            customer_id: number | null;
            /** 姓名 */
            name: string | null;
            /** 职务 */
            position?: string | null;
            /** 电话 */
            phone?: string | null;
            /** 电子邮箱 */
            email?: string | null;
            /** 微信 */
            wechat?: string | null;
            /**
             * 生日
             * Format: date
             */
            birthday?: string | null;
            /** 主要联系人 */
            is_primary?: boolean | null;
            /** 备注 */
            note?: string | null;
        };
        ContactPatch: {
            /** @description the version the change is based on */
            version?: number;
            /** 姓名 */
            name?: string | null;
            /** 职务 */
            position?: string | null;
            /** 电话 */
            phone?: string | null;
            /** 电子邮箱 */
            email?: string | null;
            /** 微信 */
            wechat?: string | null;
            /**
             * 生日
             * Format: date
             */
            birthday?: string | null;
            /** 主要联系人 */
            is_primary?: boolean | null;
            /** 备注 */
            note?: string | null;
        };
        Address: {
            /** 编号 */
            readonly id: number | null;
            /** 客户 */
            customer_id?: number | null;
            /** @description name of what is referred to */
            readonly customer_id$?: string;
            /** 收货人 */
            receiver?: string | null;
            /** 电话 */
            phone?: string | null;
            /** 国家/地区 */
            country?: string | null;
            /** 省 */
            province?: string | null;
            /** 市 */
            city?: string | null;
            /** 区县 */
            district?: string | null;
            /** 详细地址 */
            street?: string | null;
            /** 邮编 */
            postcode?: string | null;
            /** 默认地址 */
            is_default?: boolean | null;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
        };
        AddressList: {
            items: components["schemas"]["Address"][];
            next: string | null;
            count: number | null;
        };
        AddressCreate: {
            /** 客户 */
            customer_id: number | null;
            /** 收货人 */
            receiver?: string | null;
            /** 电话 */
            phone?: string | null;
            /** 国家/地区 */
            country?: string | null;
            /** 省 */
            province?: string | null;
            /** 市 */
            city?: string | null;
            /** 区县 */
            district?: string | null;
            /** 详细地址 */
            street?: string | null;
            /** 邮编 */
            postcode?: string | null;
            /** 默认地址 */
            is_default?: boolean | null;
        };
        AddressPatch: {
            /** @description the version the change is based on */
            version?: number;
            /** 收货人 */
            receiver?: string | null;
            /** 电话 */
            phone?: string | null;
            /** 国家/地区 */
            country?: string | null;
            /** 省 */
            province?: string | null;
            /** 市 */
            city?: string | null;
            /** 区县 */
            district?: string | null;
            /** 详细地址 */
            street?: string | null;
            /** 邮编 */
            postcode?: string | null;
            /** 默认地址 */
            is_default?: boolean | null;
        };
        Identity: {
            /** 编号 */
            readonly id: number | null;
            /** 客户 */
            customer_id?: number | null;
            /** @description name of what is referred to */
            readonly customer_id$?: string;
            /** 店铺 */
            shop_id?: number | null;
            /** @description name of what is referred to */
            readonly shop_id$?: string;
            /**
             * 类型
             * @enum {string|null}
             */
            kind?: "account" | "nickname" | "member" | null;
            /** 平台账号 */
            value?: string | null;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
        };
        IdentityList: {
            items: components["schemas"]["Identity"][];
            next: string | null;
            count: number | null;
        };
        IdentityCreate: {
            /** 客户 */
            customer_id: number | null;
            /** 店铺 */
            shop_id: number | null;
            /**
             * 类型
             * @enum {string|null}
             */
            kind?: "account" | "nickname" | "member" | null;
            /** 平台账号 */
            value: string | null;
        };
        IdentityPatch: {
            /** @description the version the change is based on */
            version?: number;
            /** 店铺 */
            shop_id?: number | null;
            /**
             * 类型
             * @enum {string|null}
             */
            kind?: "account" | "nickname" | "member" | null;
            /** 平台账号 */
            value?: string | null;
        };
        Order: {
            /** 编号 */
            readonly id: number | null;
            /** 店铺 */
            shop_id?: number | null;
            /** @description name of what is referred to */
            readonly shop_id$?: string;
            /** 订单号 */
            number?: string | null;
            /**
             * 状态
             * @enum {string|null}
             */
            state?: "unpaid" | "paid" | "shipped" | "done" | "closed" | null;
            /** 客户 */
            customer_id?: number | null;
            /** @description name of what is referred to */
            readonly customer_id$?: string;
            /** 买家账号 */
            buyer?: string | null;
            /**
             * 下单时间
             * Format: date-time
             */
            ordered_at?: string | null;
            /**
             * 付款时间
             * Format: date-time
             */
            paid_at?: string | null;
            /**
             * 发货时间
             * Format: date-time
             */
            shipped_at?: string | null;
            /**
             * 完成时间
             * Format: date-time
             */
            done_at?: string | null;
            /**
             * 关闭时间
             * Format: date-time
             */
            closed_at?: string | null;
            /** 币种 */
            currency?: string | null;
            /** 商品金额 */
            goods_amount?: string | null;
            /** 优惠 */
            discount?: string | null;
            /** 运费 */
            freight?: string | null;
            /** 税额 */
            tax?: string | null;
            /** 应付金额 */
            total_amount?: string | null;
            /** 实付金额 */
            paid_amount?: string | null;
            /** 退款金额 */
            readonly refund_amount?: string | null;
            /** 件数 */
            readonly item_count?: string | null;
            /** 明细数 */
            readonly line_count?: number | null;
            /** 收货人 */
            receiver?: string | null;
            /** 收货电话 */
            phone?: string | null;
            /** 国家/地区 */
            country?: string | null;
            /** 省 */
            province?: string | null;
            /** 市 */
            city?: string | null;
            /** 区县 */
            district?: string | null;
            /** 详细地址 */
            street?: string | null;
            /** 邮编 */
            postcode?: string | null;
            /** 物流公司 */
            carrier?: string | null;
            /** 物流单号 */
            tracking?: string | null;
            /** 付款方式 */
            payment_method?: string | null;
            /** 未付款/关闭原因 */
            unpaid_reason?: string | null;
            /** 下单渠道 */
            channel?: string | null;
            /** 买家留言 */
            buyer_note?: string | null;
            /** 卖家备注 */
            seller_note?: string | null;
            /** 导入批次 */
            readonly import_id?: number | null;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
            custom?: Record<string, never>;
        };
        OrderList: {
            items: components["schemas"]["Order"][];
            next: string | null;
            count: number | null;
        };
        OrderCreate: {
            /** 店铺 */
            shop_id: number | null;
            /** 订单号 */
            number: string | null;
            /**
             * 状态
             * @enum {string|null}
             */
            state: "unpaid" | "paid" | "shipped" | "done" | "closed" | null;
            /** 客户 */
            customer_id?: number | null;
            /** 买家账号 */
            buyer?: string | null;
            /**
             * 下单时间
             * Format: date-time
             */
            ordered_at: string | null;
            /**
             * 付款时间
             * Format: date-time
             */
            paid_at?: string | null;
            /**
             * 发货时间
             * Format: date-time
             */
            shipped_at?: string | null;
            /**
             * 完成时间
             * Format: date-time
             */
            done_at?: string | null;
            /**
             * 关闭时间
             * Format: date-time
             */
            closed_at?: string | null;
            /** 币种 */
            currency?: string | null;
            /** 商品金额 */
            goods_amount?: string | null;
            /** 优惠 */
            discount?: string | null;
            /** 运费 */
            freight?: string | null;
            /** 税额 */
            tax?: string | null;
            /** 应付金额 */
            total_amount?: string | null;
            /** 实付金额 */
            paid_amount?: string | null;
            /** 收货人 */
            receiver?: string | null;
            /** 收货电话 */
            phone?: string | null;
            /** 国家/地区 */
            country?: string | null;
            /** 省 */
            province?: string | null;
            /** 市 */
            city?: string | null;
            /** 区县 */
            district?: string | null;
            /** 详细地址 */
            street?: string | null;
            /** 邮编 */
            postcode?: string | null;
            /** 物流公司 */
            carrier?: string | null;
            /** 物流单号 */
            tracking?: string | null;
            /** 付款方式 */
            payment_method?: string | null;
            /** 未付款/关闭原因 */
            unpaid_reason?: string | null;
            /** 下单渠道 */
            channel?: string | null;
            /** 买家留言 */
            buyer_note?: string | null;
            /** 卖家备注 */
            seller_note?: string | null;
            custom?: Record<string, never>;
        };
        OrderPatch: {
            /** @description the version the change is based on */
            version?: number;
            /** 店铺 */
            shop_id?: number | null;
            /** 订单号 */
            number?: string | null;
            /**
             * 状态
             * @enum {string|null}
             */
            state?: "unpaid" | "paid" | "shipped" | "done" | "closed" | null;
            /** 客户 */
            customer_id?: number | null;
            /** 买家账号 */
            buyer?: string | null;
            /**
             * 下单时间
             * Format: date-time
             */
            ordered_at?: string | null;
            /**
             * 付款时间
             * Format: date-time
             */
            paid_at?: string | null;
            /**
             * 发货时间
             * Format: date-time
             */
            shipped_at?: string | null;
            /**
             * 完成时间
             * Format: date-time
             */
            done_at?: string | null;
            /**
             * 关闭时间
             * Format: date-time
             */
            closed_at?: string | null;
            /** 币种 */
            currency?: string | null;
            /** 商品金额 */
            goods_amount?: string | null;
            /** 优惠 */
            discount?: string | null;
            /** 运费 */
            freight?: string | null;
            /** 税额 */
            tax?: string | null;
            /** 应付金额 */
            total_amount?: string | null;
            /** 实付金额 */
            paid_amount?: string | null;
            /** 收货人 */
            receiver?: string | null;
            /** 收货电话 */
            phone?: string | null;
            /** 国家/地区 */
            country?: string | null;
            /** 省 */
            province?: string | null;
            /** 市 */
            city?: string | null;
            /** 区县 */
            district?: string | null;
            /** 详细地址 */
            street?: string | null;
            /** 邮编 */
            postcode?: string | null;
            /** 物流公司 */
            carrier?: string | null;
            /** 物流单号 */
            tracking?: string | null;
            /** 付款方式 */
            payment_method?: string | null;
            /** 未付款/关闭原因 */
            unpaid_reason?: string | null;
            /** 下单渠道 */
            channel?: string | null;
            /** 买家留言 */
            buyer_note?: string | null;
            /** 卖家备注 */
            seller_note?: string | null;
            custom?: Record<string, never>;
        };
        Line: {
            /** 编号 */
            readonly id: number | null;
            /** 订单 */
            readonly order_id?: number | null;
            /** @description name of what is referred to */
            readonly order_id$?: string;
            /** 客户 */
            readonly customer_id?: number | null;
            /** @description name of what is referred to */
            readonly customer_id$?: string;
            /** 商品 */
            readonly product_id?: number | null;
            /** @description name of what is referred to */
            readonly product_id$?: string;
            /**
             * 商品名称
             * @description 与商品当前名称不同时记录
             */
            readonly name?: string | null;
            /** 规格 */
            readonly spec?: string | null;
            /** 数量 */
            readonly quantity?: string | null;
            /** 单价 */
            readonly price?: string | null;
            /** 金额 */
            readonly amount?: string | null;
            /**
             * 下单时间
             * Format: date-time
             */
            readonly ordered_at?: string | null;
        };
        LineList: {
            items: components["schemas"]["Line"][];
            next: string | null;
            count: number | null;
        };
        Refund: {
            /** 编号 */
            readonly id: number | null;
            /** 店铺 */
            shop_id?: number | null;
            /** @description name of what is referred to */
            readonly shop_id$?: string;
            /** 退款单号 */
            number?: string | null;
            /**
             * 类型
             * @enum {string|null}
             */
            kind?: "refund" | "return" | "cancellation" | "exchange" | null;
            /**
             * 状态
             * @enum {string|null}
             */
            state?: "requested" | "done" | "refused" | null;
            /** 订单 */
            order_id?: number | null;
            /** @description name of what is referred to */
            readonly order_id$?: string;
            /** 客户 */
            customer_id?: number | null;
            /** @description name of what is referred to */
            readonly customer_id$?: string;
            /** 退款金额 */
            amount?: string | null;
            /** 件数 */
            item_count?: string | null;
            /** 明细数 */
            readonly line_count?: number | null;
            /** 原因 */
            reason?: string | null;
            /**
             * 退款时间
             * Format: date-time
             */
            refunded_at?: string | null;
            /** 导入批次 */
            readonly import_id?: number | null;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
        };
        RefundList: {
            items: components["schemas"]["Refund"][];
            next: string | null;
            count: number | null;
        };
        RefundCreate: {
            /** 店铺 */
            shop_id: number | null;
            /** 退款单号 */
            number: string | null;
            /**
             * 类型
             * @enum {string|null}
             */
            kind: "refund" | "return" | "cancellation" | "exchange" | null;
            /**
             * 状态
             * @enum {string|null}
             */
            state?: "requested" | "done" | "refused" | null;
            /** 订单 */
            order_id?: number | null;
            /** 客户 */
            customer_id?: number | null;
            /** 退款金额 */
            amount: string | null;
            /** 件数 */
            item_count?: string | null;
            /** 原因 */
            reason?: string | null;
            /**
             * 退款时间
             * Format: date-time
             */
            refunded_at: string | null;
        };
        RefundPatch: {
            /** @description the version the change is based on */
            version?: number;
            /** 店铺 */
            shop_id?: number | null;
            /** 退款单号 */
            number?: string | null;
            /**
             * 类型
             * @enum {string|null}
             */
            kind?: "refund" | "return" | "cancellation" | "exchange" | null;
            /**
             * 状态
             * @enum {string|null}
             */
            state?: "requested" | "done" | "refused" | null;
            /** 订单 */
            order_id?: number | null;
            /** 客户 */
            customer_id?: number | null;
            /** 退款金额 */
            amount?: string | null;
            /** 件数 */
            item_count?: string | null;
            /** 原因 */
            reason?: string | null;
            /**
             * 退款时间
             * Format: date-time
             */
            refunded_at?: string | null;
        };
        Import: {
            /** 编号 */
            readonly id: number | null;
            /**
             * 内容
             * @enum {string|null}
             */
            readonly kind?: "orders" | "customers" | "products" | "lines" | "payments" | null;
            /** 文件 */
            readonly file?: string | null;
            /** 大小 */
            readonly size?: number | null;
            /** 编码 */
            readonly charset?: string | null;
            /** 分隔符 */
            readonly delimiter?: string | null;
            /** 工作表 */
            readonly sheet?: number | null;
            /** 格式 */
            readonly preset?: string | null;
            /** 列对应 */
            readonly mapping?: unknown;
            /** 选项 */
            readonly options?: unknown;
            /**
             * 状态
             * @enum {string|null}
             */
            readonly state?: "uploaded" | "checking" | "checked" | "running" | "done" | "failed" | "cancelled" | "undoing" | "undone" | null;
            /** 行数 */
            readonly rows?: number | null;
            /** 已处理 */
            readonly done?: number | null;
            /** 新建 */
            readonly created?: number | null;
            /** 更新 */
            readonly updated?: number | null;
            /** 未变 */
            readonly unchanged?: number | null;
            /** 拒绝的行 */
            readonly refused?: number | null;
            /** 合并 */
            readonly merged?: number | null;
            /** 明细 */
            readonly counts?: unknown;
            /** 说明 */
            readonly message?: string | null;
            /** 任务 */
            readonly job_id?: number | null;
            /** @description name of what is referred to */
            readonly job_id$?: string;
            /** 导入人 */
            readonly owner_id?: number | null;
            /** @description name of what is referred to */
            readonly owner_id$?: string;
            /**
             * 开始时间
             * Format: date-time
             */
            readonly started_at?: string | null;
            /**
             * 结束时间
             * Format: date-time
             */
            readonly ended_at?: string | null;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
        };
        ImportList: {
            items: components["schemas"]["Import"][];
            next: string | null;
            count: number | null;
        };
        Preset: {
            /** 编号 */
            readonly id: number | null;
            /** 名称 */
            name?: string | null;
            /**
             * 内容
             * @enum {string|null}
             */
            kind?: "orders" | "customers" | "products" | "lines" | "payments" | null;
            /**
             * 列对应
             * @description 列名到字段的对应
             */
            mapping?: unknown;
            /** 选项 */
            options?: unknown;
            /** 创建人 */
            readonly owner_id?: number | null;
            /** @description name of what is referred to */
            readonly owner_id$?: string;
            /** 版本 */
            readonly version?: number | null;
            /**
             * 创建时间
             * Format: date-time
             */
            readonly created_at?: string | null;
            /**
             * 修改时间
             * Format: date-time
             */
            readonly updated_at?: string | null;
        };
        PresetList: {
            items: components["schemas"]["Preset"][];
            next: string | null;
            count: number | null;
        };
        PresetCreate: {
            /** 名称 */
            name: string | null;
            /**
             * 内容
             * @enum {string|null}
             */
            kind: "orders" | "customers" | "products" | "lines" | "payments" | null;
            /**
             * 列对应
             * @description 列名到字段的对应
             */
            mapping: unknown;
            /** 选项 */
            options?: unknown;
        };
        PresetPatch: {
            /** @description the version the change is based on */
            version?: number;
            /** 名称 */
            name?: string | null;
            /**
             * 列对应
             * @description 列名到字段的对应
             */
            mapping?: unknown;
            /** 选项 */
            options?: unknown;
        };
        captcha: {
            [key: string]: unknown;
        };
        code: {
            [key: string]: unknown;
        };
        csrf: {
            [key: string]: unknown;
        };
        login: {
            [key: string]: unknown;
        };
        me: {
            [key: string]: unknown;
        };
        me_change: {
            [key: string]: unknown;
        };
        moved: {
            [key: string]: unknown;
        };
        password: {
            [key: string]: unknown;
        };
        password_change: {
            [key: string]: unknown;
        };
        preview: {
            [key: string]: unknown;
        };
        recovery: {
            [key: string]: unknown;
        };
        recovery_code: {
            [key: string]: unknown;
        };
        recovery_codes: {
            [key: string]: unknown;
        };
        recovery_password: {
            [key: string]: unknown;
        };
        recovery_started: {
            [key: string]: unknown;
        };
        recovery_token: {
            [key: string]: unknown;
        };
        role_move: {
            [key: string]: unknown;
        };
        role_permissions: {
            [key: string]: unknown;
        };
        role_permissions_set: {
            [key: string]: unknown;
        };
        role_users: {
            [key: string]: unknown;
        };
        role_users_change: {
            [key: string]: unknown;
        };
        sessions: {
            [key: string]: unknown;
        };
        setup: {
            [key: string]: unknown;
        };
        setup_needed: {
            [key: string]: unknown;
        };
        signed_in: {
            [key: string]: unknown;
        };
        step_up: {
            [key: string]: unknown;
        };
        token: {
            [key: string]: unknown;
        };
        token_made: {
            [key: string]: unknown;
        };
        tokens: {
            [key: string]: unknown;
        };
        totp: {
            [key: string]: unknown;
        };
        user_roles: {
            [key: string]: unknown;
        };
        user_roles_set: {
            [key: string]: unknown;
        };
    };
    responses: never;
    parameters: {
        /** @description filter tree as JSON */
        filter: string;
        /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
        q: string;
        /** @description field names, a minus for descending: -net_amount,name */
        sort: string;
        limit: number;
        /** @description next of the page before */
        cursor: string;
        /** @description only these fields */
        fields: string;
        /** @description 1: the exact count beside the page */
        count: string;
        /** @description 1: the bin instead of the living */
        deleted: string;
        /** @description the same key and body give the first answer again for 24 hours */
        idempotencyKey: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_meta: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["meta"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_openapi_json: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["object"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_suggest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["items"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_changes: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_changes_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_changes_aggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["aggregate"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rows"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_changes_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["export"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["object"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["object"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["items"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["object"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["items"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_jobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["items"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_jobs_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["object"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_jobs_id_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["object"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_jobs_id_undo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_jobs_id_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_jobs_id_path: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["object"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_stream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_verify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["object"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_keys_rotate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["object"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_keys_reencrypt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_views: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_views: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewCreate"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_views_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_views_aggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["aggregate"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rows"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_views_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["export"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_views_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_views_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_views_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewPatch"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_views_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["history"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_views_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["restore"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_views_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["bulk"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_fields: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_fields: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FieldCreate"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Field"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_fields_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_fields_aggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["aggregate"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rows"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_fields_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["export"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_fields_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Field"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_fields_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_fields_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FieldPatch"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Field"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_fields_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["history"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_fields_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["restore"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Field"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_fields_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["bulk"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_setup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["setup_needed"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_setup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["setup"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["signed_in"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["login"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["signed_in"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_captcha: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["captcha"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_session_mfa: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["code"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["signed_in"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_session_step_up: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["step_up"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["csrf"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["sessions"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_sessions_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_recovery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["recovery"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["recovery_started"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_recovery_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["recovery_code"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["recovery_token"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_recovery_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["recovery_password"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["me"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["me_change"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["me"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_me_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["password_change"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["csrf"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_me_totp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["totp"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_me_totp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["password"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_me_totp_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["code"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["recovery_codes"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_preview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["preview"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_preview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tokens"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["token"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["token_made"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_tokens_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_users_id_roles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["user_roles"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    put_users_id_roles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["user_roles_set"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["user_roles"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_users_id_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["password"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_users_id_disable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_users_id_enable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_users_id_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_users_id_totp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_roles_id_permissions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["role_permissions"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    put_roles_id_permissions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["role_permissions_set"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["role_permissions"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_roles_id_users: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["role_users"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_roles_id_users: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["role_users_change"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["role_users"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_roles_id_move: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["role_move"];
            };
        };
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["moved"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_users: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_users: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserCreate"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_users_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_users_aggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["aggregate"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rows"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_users_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["export"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_users_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_users_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_users_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserPatch"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_users_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["history"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_users_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["restore"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_users_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["bulk"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_departments: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepartmentList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_departments: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepartmentCreate"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Department"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_departments_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepartmentList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_departments_aggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["aggregate"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rows"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_departments_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["export"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_departments_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Department"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_departments_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_departments_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepartmentPatch"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Department"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_departments_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["history"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_departments_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["restore"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Department"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_departments_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["bulk"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_roles: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_roles: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleCreate"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_roles_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_roles_aggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["aggregate"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rows"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_roles_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["export"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_roles_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_roles_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_roles_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RolePatch"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_roles_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["history"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_roles_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["restore"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_roles_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["bulk"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_shops: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShopList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_shops: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShopCreate"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shop"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_shops_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShopList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_shops_aggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["aggregate"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rows"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_shops_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["export"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_shops_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shop"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_shops_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_shops_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShopPatch"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shop"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_shops_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["history"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_shops_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["restore"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shop"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_shops_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["bulk"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_products: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_products: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProductCreate"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_products_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_products_aggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["aggregate"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rows"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_products_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["export"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_products_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_products_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_products_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProductPatch"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_products_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["history"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_products_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["restore"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_products_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["bulk"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_products_id_pictures: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["object"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_products_id_pictures_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_categories: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_categories: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CategoryCreate"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Category"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_categories_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_categories_aggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["aggregate"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rows"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_categories_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["export"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_categories_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Category"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_categories_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_categories_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CategoryPatch"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Category"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_categories_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["history"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_categories_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["restore"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Category"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_categories_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["bulk"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_customers: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_customers: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerCreate"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_customers_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_customers_aggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["aggregate"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rows"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_customers_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["export"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_customers_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_customers_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_customers_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerPatch"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_customers_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["history"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_customers_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["restore"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_customers_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["bulk"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_contacts: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_contacts: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactCreate"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_contacts_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_contacts_aggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["aggregate"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rows"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_contacts_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["export"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_contacts_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_contacts_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_contacts_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactPatch"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_contacts_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["history"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_contacts_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["restore"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_contacts_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["bulk"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_addresses: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_addresses: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddressCreate"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Address"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_addresses_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_addresses_aggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["aggregate"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rows"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_addresses_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["export"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_addresses_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Address"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_addresses_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_addresses_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddressPatch"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Address"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_addresses_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["history"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_addresses_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["restore"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Address"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_addresses_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["bulk"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_identities: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_identities: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdentityCreate"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Identity"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_identities_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_identities_aggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["aggregate"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rows"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_identities_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["export"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_identities_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Identity"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_identities_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_identities_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdentityPatch"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Identity"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_identities_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["history"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_identities_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["restore"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Identity"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_identities_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["bulk"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_customers_id_timeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["items"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_customers_id_sources: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["items"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_orders: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_orders: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["order_lines"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_orders_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_orders_aggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["aggregate"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rows"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_orders_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["export"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_orders_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_orders_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_orders_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["order_lines"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_orders_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["history"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_orders_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["restore"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_orders_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["bulk"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_orders_id_lines: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["items"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_lines: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_lines_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_lines_aggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["aggregate"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rows"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_lines_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["export"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_lines_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Line"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_lines_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["history"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_refunds: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_refunds: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["order_lines"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_refunds_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_refunds_aggregate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["aggregate"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rows"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_refunds_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["export"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_refunds_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_refunds_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_refunds_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["order_lines"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_refunds_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["history"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_refunds_id_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["restore"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_refunds_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["bulk"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_refunds_id_lines: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["items"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_customers_id_purchases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["purchases"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_home: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["home"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_imports: {
        parameters: {
            query?: {
                /** @description filter tree as JSON */
                filter?: components["parameters"]["filter"];
                /** @description quick search: name, pinyin or initials, phone or its last four digits, e-mail, number */
                q?: components["parameters"]["q"];
                /** @description field names, a minus for descending: -net_amount,name */
                sort?: components["parameters"]["sort"];
                limit?: components["parameters"]["limit"];
                /** @description next of the page before */
                cursor?: components["parameters"]["cursor"];
                /** @description only these fields */
                fields?: components["parameters"]["fields"];
                /** @description 1: the exact count beside the page */
                count?: components["parameters"]["count"];
                /** @description 1: the bin instead of the living */
                deleted?: components["parameters"]["deleted"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_imports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_imports_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["query"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportList"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_imports_targets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["object"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_imports_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_imports_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_imports_id_check: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_imports_id_run: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_imports_id_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_imports_id_undo: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_imports_id_errors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_presets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["object"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_presets: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key and body give the first answer again for 24 hours */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PresetCreate"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preset"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    delete_presets_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    patch_presets_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PresetPatch"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preset"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    get_backups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_backups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
    post_demo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
}
