package dev.latchkey.router.usage;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What tokens cost at the providers, as the operator writes it down: a line {@code provider,model,prompt,completion} for each
 * model, prices per million tokens, after a first line {@code currency,USD}. Lines that begin with # say something to people.
 */
public record PriceList(String currency, Map<ModelId, Price> prices) {
    private static final int TOKENS_OF_A_PRICE = 6;
    /** One millionth of the last of these is the last that an event can hold. */
    private static final int MOST_DECIMALS = 12;

    /** Per million tokens. */
    public record Price(BigDecimal prompt, BigDecimal completion) {
        public Price {
            require(prompt);
            require(completion);
        }

        private static void require(BigDecimal price) {
            if (price.signum() < 0 || price.scale() > MOST_DECIMALS) {
                throw new IllegalArgumentException("a price is not negative and has at most " + MOST_DECIMALS
                        + " decimals, unlike " + price.toPlainString());
            }
        }
    }

    public PriceList {
        prices = Map.copyOf(prices);
    }

    public static PriceList none() {
        return new PriceList("USD", Map.of());
    }

    /** Throws IllegalArgumentException, with a sentence that names the line, for a text that is no price list. */
    public static PriceList parse(String text) {
        var lines = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        var head = lines.isEmpty() ? List.<String>of() : cells(lines.getFirst());
        if (head.size() != 2
                || !head.getFirst().equals("currency")
                || head.getLast().isEmpty()) {
            throw new IllegalArgumentException("the first line is currency and its code, such as currency,USD");
        }
        var prices = new HashMap<ModelId, Price>();
        lines.stream().skip(1).forEach(line -> add(line, prices));
        return new PriceList(head.getLast(), prices);
    }

    /** Exact; empty when the model has no price, or it is not known what it took. */
    public Optional<BigDecimal> cost(ModelId model, Tokens tokens) {
        return tokens.areKnown()
                ? Optional.ofNullable(prices.get(model)).map(price -> cost(price, tokens))
                : Optional.empty();
    }

    public boolean knows(ModelId model) {
        return prices.containsKey(model);
    }

    private static BigDecimal cost(Price price, Tokens tokens) {
        var prompt = price.prompt().multiply(BigDecimal.valueOf(tokens.promptOrNone()));
        var completion = price.completion().multiply(BigDecimal.valueOf(tokens.completionOrNone()));
        return prompt.add(completion).movePointLeft(TOKENS_OF_A_PRICE);
    }

    private static void add(String line, Map<ModelId, Price> prices) {
        var cells = cells(line);
        if (cells.size() != 4) {
            throw new IllegalArgumentException("a line is provider,model,prompt,completion, not " + line);
        }
        var model = new ModelId(cells.get(0), cells.get(1));
        if (prices.put(model, new Price(price(cells.get(2), line), price(cells.get(3), line))) != null) {
            throw new IllegalArgumentException("a model has one price, and not another: " + line);
        }
    }

    private static List<String> cells(String line) {
        return List.of(line.split(",", -1)).stream().map(String::strip).toList();
    }

    private static BigDecimal price(String text, String line) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a price is a number, unlike one of " + line, e);
        }
    }
}
