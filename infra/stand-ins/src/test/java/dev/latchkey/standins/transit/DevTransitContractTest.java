package dev.latchkey.standins.transit;

import dev.latchkey.sealing.vault.VaultLogin.AppRole;
import dev.latchkey.sealing.vault.VaultLogin.SecretId;
import dev.latchkey.standins.local.Listen;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

final class DevTransitContractTest implements VaultContract {
    private static final Role BRIEF =
            new Role("brief", "of-brief", Identity.WORKER, new Lease(Duration.ofSeconds(2), Duration.ofSeconds(4)));
    private static final List<Role> ROLES = List.of(
            Role.of(Identity.API, "of-api"),
            Role.of(Identity.WORKER, "of-worker"),
            Role.of(Identity.PUBLISHER, "of-publisher"),
            Role.of(Identity.ROTATOR, "of-rotator"));

    private final DevTransit transit = DevTransit.start(
            Listen.atAnyPort(),
            TransitState.inMemory(Clock.systemUTC(), Map.of()),
            "latchkey",
            Stream.concat(ROLES.stream(), Stream.of(BRIEF)).toList());
    private final VaultServer vault = new VaultServer(
            transit.address(),
            new VaultServer.Ids(
                    transit.token(Identity.ROOT),
                    ROLES.stream().collect(Collectors.toMap(Role::identity, DevTransitContractTest::login)),
                    login(BRIEF),
                    transit.token(Identity.ROOT)));

    @Override
    public VaultServer vault() {
        return vault;
    }

    @Override
    @AfterEach
    public void takeVaultAway() {
        transit.close();
    }

    private static AppRole login(Role role) {
        return new AppRole(role.roleId(), new SecretId.Text(role.secretId()));
    }
}
