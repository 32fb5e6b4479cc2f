package dev.latchkey.pnl.topology;

import static dev.latchkey.pnl.topology.Trades.START;
import static dev.latchkey.pnl.topology.Trades.USER;
import static dev.latchkey.pnl.topology.Trades.buy;
import static dev.latchkey.pnl.topology.Trades.by;
import static dev.latchkey.pnl.topology.Trades.cancellation;
import static dev.latchkey.pnl.topology.Trades.decimal;
import static dev.latchkey.pnl.topology.Trades.id;
import static dev.latchkey.pnl.topology.Trades.sell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.events.DeadLetterReason;
import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.PnlLevel;
import dev.latchkey.events.PnlUpdated;
import dev.latchkey.events.TradeReported;
import dev.latchkey.schemas.SealedContents;
import dev.latchkey.sealing.DataKey;
import dev.latchkey.sealing.FakeVault;
import dev.latchkey.sealing.PayloadSealer;
import dev.latchkey.sealing.SealedField;
import dev.latchkey.sealing.Unwrapped;
import dev.latchkey.sealing.VaultUnavailable;
import dev.latchkey.sealing.WrappedKey;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.KeyValueStore;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Trades whose figures are sealed end in the same books as plain ones, and in none once their user is forgotten. */
final class SealedTradesTest {
    private static final UUID KEY_ID = id("data key");
    private static final Instant NOW = START.plusSeconds(600);
    private static final TradeReported ENTRY = buy("entry", 1, "2", "100");
    private static final TradeReported EXIT = sell("exit", 2, "1", "130");

    private final FakeVault vault = new FakeVault();
    private final Map<UUID, String> wrapped = new TreeMap<>();
    private final PayloadSealer sealer = new PayloadSealer(new SecureRandom());
    private final Payloads payloads = RunningBooks.payloads(vault);
    private final RunningBooks books = new RunningBooks(RunningBooks.FIFO, payloads, NOW);

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void endInTheSameBooksAsPlainTrades() {
        books.dataKey(dataKeyOf(USER));
        books.trade(sealed(ENTRY), sealed(EXIT), sealed(cancellation("none", EXIT)));

        try (var plain = new RunningBooks(RunningBooks.FIFO, NOW)) {
            plain.trade(ENTRY, EXIT, cancellation("none", EXIT));
            assertThat(books.state()).isEqualTo(plain.state());
            assertThat(books.closings()).isEqualTo(plain.closings());
        }
        assertThat(books.deadLetters()).isEmpty();
    }

    @Test
    void waitForADataKeyThatComesLaterAndHoldUpNobody() {
        var other = TradeReported.newBuilder(buy("other", 1, "1", "1"))
                .setUserId(id("other user"))
                .build();

        books.trade(sealed(ENTRY), other);
        var before = books.state();
        books.dataKey(dataKeyOf(USER));

        assertThat(before.values()).extracting(PnlUpdated::getUserId).containsOnly(id("other user"));
        assertThat(books.state()).containsKey(USER + "||USD");
        assertThat(store(PnlStores.HELD)).isEmpty();
    }

    @Test
    void areDeadLettersWhenNoDataKeyComesWithinAMinute() {
        books.trade(sealed(ENTRY));

        books.advance(Duration.ofSeconds(59));
        var before = books.deadLetters();
        books.advance(Duration.ofSeconds(2));

        assertThat(before).isEmpty();
        assertThat(books.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getDetail()).isEqualTo("no data key of the user was heard of");
            assertThat(letter.getReason()).isEqualTo(DeadLetterReason.INVALID);
            assertThat(letter.getSourceTopic()).isEqualTo("trades");
            assertThat(letter.getSourceOffset()).isZero();
            assertThat(letter.getValue()).isNotNull();
        });
        assertThat(store(PnlStores.HELD)).isEmpty();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                broken(
                        "quantity and price are sealed or plain, and not both",
                        test -> TradeReported.newBuilder(test.sealed(ENTRY))
                                .setQuantity(decimal("2"))
                                .build()),
                broken("sealedFill is at most 1000 bytes long", test -> test.carrying(ByteBuffer.allocate(1001))),
                broken("sealedFill is in a known format", test -> test.carrying(ByteBuffer.allocate(45))),
                broken(
                        "sealedFill is sealed under the data key of the user",
                        test -> test.carrying(test.seal(ENTRY, id("other key"), figures("2", "100")))),
                broken(
                        "sealedFill opens, and is a quantity and a price",
                        test -> test.carrying(test.seal(EXIT, KEY_ID, figures("2", "100")))),
                broken(
                        "sealedFill opens, and is a quantity and a price",
                        test -> test.carrying(test.seal(ENTRY, KEY_ID, new byte[] {2}))),
                broken(
                        "quantity is above zero and at most 10^15",
                        test -> test.carrying(test.seal(ENTRY, KEY_ID, figures("0", "100")))),
                broken(
                        "quantity times price is at most 10^14",
                        test -> test.carrying(test.seal(ENTRY, KEY_ID, figures("1e8", "1e8")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void areDeadLettersUnlessTheirRuleHolds(String rule, Function<SealedTradesTest, TradeReported> broken) {
        books.dataKey(dataKeyOf(USER));

        books.trade(broken.apply(this), sealed(EXIT));

        assertThat(books.deadLetters())
                .extracting(DeadLettered::getReason, DeadLettered::getDetail, DeadLettered::getSourceOffset)
                .containsExactly(Tuple.tuple(DeadLetterReason.INVALID, rule, 0L));
        assertThat(books.state()).isNotEmpty();
    }

    @Test
    void stopTheThreadWhileVaultIsAwayAsARegistryThatIsAwayDoes() {
        books.dataKey(dataKeyOf(USER));
        var trade = sealed(ENTRY);
        vault.goAway();

        assertThatThrownBy(() -> books.trade(trade)).hasRootCauseInstanceOf(VaultUnavailable.class);

        assertThat(books.deadLetters()).isEmpty();
    }

    @Test
    void areGoneFromEveryStoreAndPublishedAsTombstonesOnceTheUserIsForgotten() {
        var others = TradeReported.newBuilder(buy("others", 1, "3", "100"))
                .setUserId(id("other user"))
                .build();
        books.dataKey(dataKeyOf(USER));
        books.trade(sealed(ENTRY), sealed(EXIT), by("beta", buy("plain", 3, "5", "1")), others);
        books.price("BTC-USD", "110", START.plusSeconds(5));
        books.advance(Duration.ofSeconds(1));
        var before = books.bytes();

        books.dataKey(dataKey(USER, null));
        books.advance(Duration.ofSeconds(1));

        before.keySet().removeIf(key -> key.startsWith(USER.toString()));
        assertThat(books.bytes()).hasSize(3).isEqualTo(before);
        for (var name : Stream.of("figures", "reports", "amendments", "fills", "books", "closings", "holders", "held")
                .toList()) {
            assertThat(store(name).keySet()).as(name).noneMatch(key -> key.contains(USER.toString()));
        }
        assertThat(books.closings().getLast().getClosedQty()).isEqualByComparingTo("0");
        assertThat(payloads.opener().size()).isZero();
    }

    @Test
    void openWithTheKeyThatWasKnownBeforeRecordsThatAreNoDataKeys() {
        var half = DataKeyChanged.newBuilder(dataKeyOf(USER)).setKeyId(null).build();
        books.dataKey(dataKeyOf(USER));
        books.junkOnDataKeys(USER.toString(), new byte[] {'j', 'u', 'n', 'k', '!'});
        books.junkOnDataKeys(USER.toString(), null);
        books.junkOnDataKeys(null, new byte[] {'j', 'u', 'n', 'k', '!'});
        books.dataKey(half);
        books.dataKeyAs(USER.toString(), dataKey(id("other user"), null));

        books.trade(sealed(ENTRY));

        assertThat(books.at(PnlLevel.SYMBOL).getTradeCount()).isEqualTo(1);
        assertThat(books.deadLetters())
                .extracting(
                        DeadLettered::getSourceTopic,
                        DeadLettered::getSourceOffset,
                        DeadLettered::getReason,
                        DeadLettered::getDetail)
                .containsExactly(
                        Tuple.tuple(
                                "data-keys",
                                1L,
                                DeadLetterReason.UNDECODABLE,
                                "a value starts with byte 0, this one with 106"),
                        Tuple.tuple("data-keys", 2L, DeadLetterReason.UNDECODABLE, "the value is null"),
                        Tuple.tuple(
                                "data-keys",
                                3L,
                                DeadLetterReason.UNDECODABLE,
                                "a value starts with byte 0, this one with 106"),
                        Tuple.tuple(
                                "data-keys", 4L, DeadLetterReason.INVALID, "keyId and wrappedKey are there together"),
                        Tuple.tuple("data-keys", 5L, DeadLetterReason.INVALID, "the record key is the userId"));
    }

    @Test
    void waitForTheDataKeyWhileItIsWrappedUnderAnotherMasterKey() {
        books.dataKey(DataKeyChanged.newBuilder(dataKeyOf(USER))
                .setEncryptionKeyId("another")
                .build());
        books.trade(sealed(ENTRY));
        var before = books.state();

        books.dataKey(dataKeyOf(USER));

        assertThat(before).isEmpty();
        assertThat(books.at(PnlLevel.SYMBOL).getTradeCount()).isEqualTo(1);
    }

    @Test
    void openOnceTheirDataKeyWasWrappedAnewForOneThatVaultRefuses() {
        books.dataKey(dataKey(USER, "wrapped under a version that was shut out"));
        books.trade(sealed(ENTRY));
        var before = books.state();

        books.dataKey(dataKeyOf(USER));

        assertThat(before).isEmpty();
        assertThat(books.at(PnlLevel.SYMBOL).getTradeCount()).isEqualTo(1);
        assertThat(books.deadLetters()).isEmpty();
        assertThat(store(PnlStores.HELD)).isEmpty();
    }

    @Test
    void areDroppedAndCountedWhenTheirUserIsForgotten() {
        books.dataKey(dataKeyOf(USER));
        books.trade(sealed(ENTRY));
        var late = sealed(EXIT);
        books.dataKey(dataKey(USER, null));

        books.trade(late, buy("plain", 3, "5", "1"));
        books.advance(Duration.ofMinutes(2));

        assertThat(books.state()).isEmpty();
        assertThat(books.deadLetters()).isEmpty();
        assertThat(payloads.dropped().sum()).isEqualTo(2);
    }

    @Test
    void areDroppedOutOfTheQueueWhenTheirUserIsForgotten() {
        books.trade(sealed(ENTRY));

        books.dataKey(dataKey(USER, null));
        books.advance(Duration.ofMinutes(2));

        assertThat(store(PnlStores.HELD)).isEmpty();
        assertThat(books.deadLetters()).isEmpty();
        assertThat(payloads.dropped().sum()).isEqualTo(1);
    }

    private Map<String, Object> store(String name) {
        var found = new TreeMap<String, Object>();
        KeyValueStore<String, Object> store = books.driver().getKeyValueStore(name);
        try (var entries = store.all()) {
            entries.forEachRemaining(entry -> found.put(entry.key, entry.value));
        }
        return found;
    }

    private static Arguments broken(String rule, Function<SealedTradesTest, TradeReported> trade) {
        return Arguments.of(rule, trade);
    }

    private TradeReported sealed(TradeReported trade) {
        byte[] figures = SealedContents.fill(new SealedContents.Fill(trade.getQuantity(), trade.getPrice()));
        return carrying(trade, seal(trade, KEY_ID, figures));
    }

    private TradeReported carrying(ByteBuffer sealedFill) {
        return carrying(ENTRY, sealedFill);
    }

    private static TradeReported carrying(TradeReported trade, ByteBuffer sealedFill) {
        return TradeReported.newBuilder(trade)
                .setQuantity(decimal("0"))
                .setPrice(decimal("0"))
                .setSealedFill(sealedFill)
                .build();
    }

    private ByteBuffer seal(TradeReported trade, UUID keyId, byte[] figures) {
        var field = new SealedField(trade.getUserId(), trade.getEventId(), SealedField.Name.TRADE_FILL);
        return sealer.seal(figures, new PayloadSealer.Under(keyId, key(trade.getUserId())), field);
    }

    private static byte[] figures(String quantity, String price) {
        return SealedContents.fill(new SealedContents.Fill(new BigDecimal(quantity), new BigDecimal(price)));
    }

    private DataKey key(UUID userId) {
        var opened =
                (Unwrapped.Opened) new FakeVault().unwrap(new WrappedKey(wrappedOf(userId), FakeVault.KEY_ID), userId);
        return opened.key();
    }

    private String wrappedOf(UUID userId) {
        return wrapped.computeIfAbsent(
                userId, user -> new FakeVault().make(user).ciphertext());
    }

    private DataKeyChanged dataKeyOf(UUID userId) {
        return dataKey(userId, wrappedOf(userId));
    }

    private static DataKeyChanged dataKey(UUID userId, @Nullable String wrappedKey) {
        return DataKeyChanged.newBuilder()
                .setEventId(UUID.randomUUID())
                .setUserId(userId)
                .setKeyId(wrappedKey == null ? null : KEY_ID)
                .setWrappedKey(wrappedKey)
                .setEncryptionKeyId(wrappedKey == null ? null : FakeVault.KEY_ID)
                .setChangedAt(NOW)
                .build();
    }
}
