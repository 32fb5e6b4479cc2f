package dev.latchkey.agent.metrics;

import dev.latchkey.sealing.KeyOwner;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.Unsealer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Objects;

/** Times the opening of keys, also when Vault does not answer. */
public final class MeteredUnsealer implements Unsealer {
    private final Unsealer unsealer;
    private final Timer timer;

    public MeteredUnsealer(Unsealer unsealer, MeterRegistry meters) {
        this.unsealer = unsealer;
        this.timer = meters.timer("latchkey.unseal");
    }

    @Override
    public Unsealed unseal(SealedKey key, KeyOwner owner) {
        return Objects.requireNonNull(timer.record(() -> unsealer.unseal(key, owner)));
    }
}
