package dev.latchkey.standins.transit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Everything that the transit remembers. */
record Snapshot(Map<String, TransitKey> keys, Map<Identity, String> tokens) {
    Snapshot {
        keys = Map.copyOf(keys);
        tokens = Map.copyOf(tokens);
    }

    Optional<TransitKey> key(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    Snapshot with(TransitKey key) {
        var next = new HashMap<>(keys);
        next.put(key.name(), key);
        return new Snapshot(next, tokens);
    }

    /** Without the tokens. */
    @Override
    public String toString() {
        return "Snapshot[keys=" + keys.keySet() + "]";
    }
}
