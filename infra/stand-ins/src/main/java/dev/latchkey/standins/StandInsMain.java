package dev.latchkey.standins;

import dev.latchkey.runtime.Service;
import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.Shutdown;
import dev.latchkey.standins.issuer.DevIssuer;
import dev.latchkey.standins.issuer.TokenSigner;
import dev.latchkey.standins.providers.ProviderStandIn;
import dev.latchkey.standins.transit.DevTransit;
import dev.latchkey.standins.transit.TransitState;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** FOR DEVELOPMENT ONLY: the dev transit, the provider stand-in and the dev issuer in one process. */
public final class StandInsMain {
    private static final Logger LOG = LoggerFactory.getLogger(StandInsMain.class);

    private StandInsMain() {}

    public static void main(String[] args) {
        Service.run("stand-ins", StandInsMain::serve);
    }

    static void serve(Settings settings, Shutdown shutdown) throws Exception {
        var config = StandInsConfig.from(settings);
        var clock = Clock.systemUTC();
        var state = TransitState.keptIn(config.directory(), clock, config.tokens());
        var signer = TokenSigner.keptIn(config.issuerKey(), config.jwtIssuer(), config.jwtAudience(), clock);
        try (var transit = DevTransit.start(config.transit(), state, config.transitKey(), config.roles());
                var providers = ProviderStandIn.start(config.providers(), config.delays(), clock);
                var issuer = DevIssuer.start(config.issuer(), signer)) {
            LOG.info(
                    "Stand-ins started, for development only transit={} providers={} jwks={}",
                    transit.address(),
                    providers.address(),
                    issuer.jwks());
            shutdown.await();
        }
    }
}
