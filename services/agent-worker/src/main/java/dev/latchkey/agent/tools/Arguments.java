package dev.latchkey.agent.tools;

import dev.latchkey.agent.answering.ToolOffer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Arguments of several tools, and what is wrong with them. */
final class Arguments {
    static final String SYMBOL = "symbol";

    /** What the books take as a name, and as a figure of one trade. */
    private static final Pattern NAME = Pattern.compile("[^|\\p{Cntrl}]{1,100}");

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,16}(\\.[0-9]{1,18})?");
    private static final BigDecimal LARGEST = BigDecimal.TEN.pow(15);

    private Arguments() {}

    static ToolOffer.Parameter symbol() {
        return new ToolOffer.Parameter(SYMBOL, "The instrument, such as BTC-USD or AAPL.", true, List.of());
    }

    static Optional<String> objectionToName(String argument, Map<String, String> arguments) {
        return Optional.ofNullable(arguments.get(argument))
                .filter(name -> name.isBlank() || !NAME.matcher(name).matches())
                .map(_ -> argument + " is a name of at most 100 characters, without | and control characters.");
    }

    static Optional<String> objectionToDecimal(String argument, Map<String, String> arguments) {
        return Optional.ofNullable(arguments.get(argument))
                .filter(text -> !isDecimal(text))
                .map(_ -> argument
                        + " is a decimal number above zero and at most 10^15, in digits, with at most 18 of them"
                        + " after the point.");
    }

    private static boolean isDecimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return false;
        }
        var value = new BigDecimal(text);
        return value.signum() > 0 && value.compareTo(LARGEST) <= 0;
    }
}
