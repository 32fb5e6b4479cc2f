package dev.latchkey.agent;

import dev.latchkey.agent.caching.CachingUnsealer;
import dev.latchkey.agent.metrics.MeteredUnsealer;
import dev.latchkey.sealing.caching.CacheLimits;
import dev.latchkey.sealing.caching.CachingDataKeyOpener;
import dev.latchkey.sealing.vault.VaultDataKeyOpener;
import dev.latchkey.sealing.vault.VaultSession;
import dev.latchkey.sealing.vault.VaultUnsealer;
import io.micrometer.core.instrument.MeterRegistry;

/** What opens keys: Vault, with a short memory in front of it. */
record Openers(CachingUnsealer keys, CachingDataKeyOpener dataKeys) {
    static Openers of(VaultSession vault, CacheLimits limits, MeterRegistry meters) {
        var openers = new Openers(
                new CachingUnsealer(new MeteredUnsealer(new VaultUnsealer(vault), meters), limits),
                new CachingDataKeyOpener(new VaultDataKeyOpener(vault), limits));
        meters.gauge("latchkey.unseal.cache", openers.keys(), CachingUnsealer::size);
        meters.gauge("latchkey.data.keys.cache", openers.dataKeys(), CachingDataKeyOpener::size);
        return openers;
    }
}
