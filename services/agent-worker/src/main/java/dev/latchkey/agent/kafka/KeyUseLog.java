package dev.latchkey.agent.kafka;

import dev.latchkey.agent.credentials.UseLog;
import dev.latchkey.events.KeyUsed;
import java.nio.charset.StandardCharsets;

/** The uses of keys on their topic, which is kept for ever. */
public final class KeyUseLog implements UseLog {
    private final Outlet<KeyUsed> outlet;

    public KeyUseLog(Outlet<KeyUsed> outlet) {
        this.outlet = outlet;
    }

    @Override
    public void put(KeyUsed use) throws InterruptedException {
        outlet.put(use.getUserId().toString().getBytes(StandardCharsets.UTF_8), use);
    }
}
