package dev.latchkey.audit.reconciling;

import java.util.Map;
import java.util.UUID;

/**
 * What one keeper has.
 *
 * @param credentials every credential, deleted ones too, by its id
 * @param defaults the default credential of each user that has one
 */
public record Picture(Map<UUID, Copy> credentials, Map<UUID, UUID> defaults) {
    public Picture {
        credentials = Map.copyOf(credentials);
        defaults = Map.copyOf(defaults);
    }
}
