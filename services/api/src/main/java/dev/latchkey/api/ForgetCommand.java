package dev.latchkey.api;

import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.forgetting.DataKeyTopic;
import dev.latchkey.api.forgetting.Disappearance;
import dev.latchkey.api.forgetting.Disappearance.Step;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.store.Clerk;
import dev.latchkey.api.store.Forgetting;
import dev.latchkey.runtime.Figure;
import dev.latchkey.runtime.Parts;
import dev.latchkey.runtime.UuidSource;
import dev.latchkey.schemas.Topics;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code users forget}: destroys a user's data key, and waits until nobody can read any more what was sealed under it. */
@Command(
        name = "forget",
        description = {
            "Forgets a user, for ever: destroys the data key, so that nobody can open what the user's prompts and trades"
                    + " have sealed; deletes the credentials; takes the user out of the books.",
            "Waits until all of it is true, and says what it waits for. The exit status is 0 only if it is. Can be"
                    + " repeated at any time."
        })
final class ForgetCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "UUID", converter = UserId.class, description = "The user.")
    private UUID user = new UUID(0, 0);

    @Option(names = "--no-wait", description = "End once it is decided; the rest comes by itself.")
    private boolean noWait;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long to wait at most. Default: ${DEFAULT-VALUE}.")
    private long patience;

    @Mixin
    private final OperatorOptions options = new OperatorOptions();

    ForgetCommand(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        var config = OperatorConfig.from(environment, options.portOffset());
        Parts.requireKafka(config.kafka(), Topics.DATA_KEYS);
        Parts.requireRegistry(config.kafka());
        try (var database = Database.openAsItIs(config.database())) {
            var clerk = new Clerk(new UuidSource(clock, new SecureRandom()), clock);
            var forgetting = new Forgetting(database, clerk);
            var act = Act.ofOperator(user, clerk.nextId().toString());
            var begin = clock.instant();
            var done = forgetting.forget(act);
            tell(done);
            var open = noWait ? Set.<Step>of() : await(config, begin, () -> forgetting.forget(act));
            write(done, open, Duration.between(begin, clock.instant()));
            return open.isEmpty() ? 0 : 1;
        }
    }

    private Set<Step> await(OperatorConfig config, Instant begin, Runnable tellAgain) {
        var topic = new DataKeyTopic(config.kafka());
        say("Waiting until:");
        List.of(Step.values()).forEach(step -> say("  " + step.sentence()));
        var open = new Disappearance(topic, clock, tellAgain)
                .await(
                        user,
                        begin.plusSeconds(patience),
                        step -> say("%5.1f s: %s".formatted(secondsSince(begin), step.sentence())));
        open.forEach(step -> say("NOT YET: " + step.sentence()));
        say(open.isEmpty() ? "Nothing that " + user + " has sealed can be opened any more." : "Run it again later.");
        return open;
    }

    private void tell(Forgetting.Done done) {
        say(
                done.isNew()
                        ? "Forgot %s: %s, %d credentials deleted."
                                .formatted(
                                        user,
                                        done.hadDataKey() ? "data key destroyed" : "there was no data key",
                                        done.credentials())
                        : user + " was forgotten before; everybody was told again.");
    }

    private void write(Forgetting.Done done, Set<Step> open, Duration time) {
        options.write(List.of(
                Figure.of("data keys destroyed", done.hadDataKey() ? 1 : 0, "keys"),
                Figure.of("credentials deleted", done.credentials(), "credentials"),
                Figure.of("not yet true", open.size(), "conditions"),
                Figure.of("time", time.toMillis(), "ms")));
    }

    private double secondsSince(Instant begin) {
        return Duration.between(begin, clock.instant()).toMillis() / 1_000.0;
    }

    private void say(String sentence) {
        spec.commandLine().getOut().println(sentence);
    }

    /** A UUID as it is written, all 36 characters of it: this is about the right user. */
    static final class UserId implements ITypeConverter<UUID> {
        private static final Pattern WRITTEN =
                Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

        @Override
        public UUID convert(String word) {
            if (!WRITTEN.matcher(word).matches()) {
                throw new TypeConversionException("'" + word + "' is not a UUID");
            }
            return UUID.fromString(word);
        }
    }
}
