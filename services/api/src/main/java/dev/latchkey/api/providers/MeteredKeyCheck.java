package dev.latchkey.api.providers;

import dev.latchkey.api.credentials.KeyCheck;
import dev.latchkey.api.credentials.Model;
import dev.latchkey.providers.Verdict;
import dev.latchkey.sealing.ApiKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Counts and times verdicts by provider and outcome. */
public final class MeteredKeyCheck implements KeyCheck {
    private final KeyCheck inner;
    private final MeterRegistry meters;

    public MeteredKeyCheck(KeyCheck inner, MeterRegistry meters) {
        this.inner = inner;
        this.meters = meters;
    }

    @Override
    public Verdict check(ApiKey key, Model model) {
        var sample = Timer.start(meters);
        var verdict = inner.check(key, model);
        sample.stop(Timer.builder("latchkey.validations")
                .description("keys that providers were asked about")
                .tag("provider", model.provider().wireName())
                .tag("outcome", outcome(verdict))
                .register(meters));
        return verdict;
    }

    private static String outcome(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted() -> "accepted";
            case Verdict.Refused() -> "refused";
            case Verdict.Unreachable() -> "unreachable";
            case Verdict.Forbidden forbidden -> "forbidden";
        };
    }
}
