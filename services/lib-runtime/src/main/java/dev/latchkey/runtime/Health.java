package dev.latchkey.runtime;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;

/** Whether a service can do its work now, by the parts that it needs. */
public final class Health {
    private final Map<String, BooleanSupplier> checks = new ConcurrentSkipListMap<>();

    /** A check answers at once: it reports what is known and asks nobody. */
    public void check(String part, BooleanSupplier works) {
        checks.put(part, works);
    }

    public Map<String, Boolean> parts() {
        var parts = new TreeMap<String, Boolean>();
        checks.forEach((part, works) -> parts.put(part, works.getAsBoolean()));
        return parts;
    }
}
