package dev.latchkey.standins.transit;

import java.time.Duration;

/** An AppRole: whoever has its two ids gets a token of an identity. */
public record Role(String roleId, String secretId, Identity identity, Lease lease) {
    /** What infra/vault/setup.sh makes for an identity of a real Vault; the role's id is its name. */
    public static Role of(Identity identity, String secretId) {
        return new Role("latchkey-" + identity.policy(), secretId, identity, Lease.of(Duration.ofHours(24)));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Role[roleId=" + roleId + ", identity=" + identity + ", lease=" + lease + "]";
    }
}
