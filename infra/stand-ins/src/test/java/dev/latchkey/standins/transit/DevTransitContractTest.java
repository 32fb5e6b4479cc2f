package dev.latchkey.standins.transit;

import dev.latchkey.standins.local.Listen;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

final class DevTransitContractTest implements VaultContract {
    private final DevTransit transit =
            DevTransit.start(Listen.atAnyPort(), TransitState.inMemory(Clock.systemUTC(), Map.of()), "latchkey");

    @Override
    public VaultServer vault() {
        return VaultServer.of(transit);
    }

    @Override
    @AfterEach
    public void takeVaultAway() {
        transit.close();
    }
}
