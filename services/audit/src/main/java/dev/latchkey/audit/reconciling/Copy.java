package dev.latchkey.audit.reconciling;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A credential as one keeper has it: the traits that it keeps, as text; of those without a value, none. */
public record Copy(Map<Trait, String> traits) {
    public Copy {
        traits = Map.copyOf(traits);
    }

    /** Puts a copy together. */
    public static final class Builder {
        private final Map<Trait, String> traits = new EnumMap<>(Trait.class);

        /** A null leaves the trait out. */
        public Builder with(Trait trait, @Nullable Object value) {
            if (value != null) {
                traits.put(trait, value.toString());
            }
            return this;
        }

        public Copy build() {
            return new Copy(traits);
        }
    }

    /** Of the trait; empty when there is none. */
    String of(Trait trait) {
        return traits.getOrDefault(trait, "");
    }
}
