package dev.canyon.api.caller;

import dev.canyon.net.WireName;
import dev.canyon.security.key.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.security.Principal;

/** The caller in a response. */
@Schema(name = "Caller", description = "The caller of the request")
record CallerView(
        @Schema(
                description = "The name in the audit trail: that of the key, or anyone if no key is required",
                example = "anyone")
        String name,

        @Schema(
                description = "admin: everything; viewer: reading everything except captured payload",
                allowableValues = {"admin", "viewer"},
                example = "admin")
        String role) {

    static CallerView of(Principal caller, Role role) {
        return new CallerView(caller.getName(), WireName.of(role));
    }
}
