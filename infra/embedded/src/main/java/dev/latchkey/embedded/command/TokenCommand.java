package dev.latchkey.embedded.command;

import dev.latchkey.embedded.Tokens;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code latchkey token}: a bearer token for development. */
@Command(name = "token", description = "Prints a bearer token for a user that the system started with `up` accepts.")
final class TokenCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--user",
            paramLabel = "UUID",
            required = true,
            converter = UserId.class,
            description = "The user that the token is for.")
    private UUID user = new UUID(0, 0);

    @Option(
            names = "--hours",
            paramLabel = "N",
            defaultValue = "12",
            description = "How long it is valid. Default: ${DEFAULT-VALUE}.")
    private int hours;

    TokenCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (hours < 1) {
            throw new ParameterException(spec.commandLine(), "--hours must be at least 1, not " + hours);
        }
        var signer = Tokens.signer(Tokens.keyFile(environment));
        spec.commandLine().getOut().println(signer.token(user, Duration.ofHours(hours)));
        return 0;
    }

    /** A UUID as it is written, all 36 characters of it. */
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
