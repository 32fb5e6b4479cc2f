package dev.latchkey.pnl.topology;

import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.events.TradeReported;
import dev.latchkey.pnl.book.TradeRules;
import dev.latchkey.schemas.SealedContents;
import dev.latchkey.sealing.DataKey;
import dev.latchkey.sealing.DataKeyOpener;
import dev.latchkey.sealing.SealedField;
import dev.latchkey.sealing.SealedPayload;
import dev.latchkey.sealing.Unwrapped;
import dev.latchkey.sealing.WrappedKey;
import java.util.Objects;
import java.util.Optional;

/** Opens sealed trades, with the data keys that are known now. */
final class FillOpener {
    private static final int LARGEST_SEAL = 1000;

    private final DataKeyTable dataKeys;
    private final DataKeyOpener opener;

    FillOpener(DataKeyTable dataKeys, DataKeyOpener opener) {
        this.dataKeys = dataKeys;
        this.opener = opener;
    }

    /** Throws {@link dev.latchkey.sealing.VaultUnavailable} when Vault can not say. */
    Opening open(TradeReported trade) {
        var dataKey = dataKeys.of(trade.getUserId().toString());
        if (dataKey.filter(DataKeyTable::isForgotten).isPresent()) {
            return new Opening.Dropped();
        }
        if (trade.getSealedFill() == null) {
            return new Opening.Opened(trade);
        }
        if (trade.getSealedFill().remaining() > LARGEST_SEAL) {
            return new Opening.Broken("sealedFill is at most 1000 bytes long");
        }
        return SealedPayload.parse(trade.getSealedFill())
                .map(payload -> open(trade, payload, dataKey))
                .orElseGet(() -> new Opening.Broken("sealedFill is in a known format"));
    }

    private Opening open(TradeReported trade, SealedPayload payload, Optional<DataKeyChanged> dataKey) {
        if (dataKey.isEmpty()) {
            return new Opening.TooEarly("no data key of the user was heard of");
        }
        if (!payload.keyId().equals(dataKey.get().getKeyId())) {
            return new Opening.Broken("sealedFill is sealed under the data key of the user");
        }
        return switch (opener.unwrap(wrapped(dataKey.get()), trade.getUserId())) {
            case Unwrapped.Opened(var key) -> open(trade, payload, key);
            case Unwrapped.Refused(var why) -> new Opening.TooEarly(why);
        };
    }

    private static WrappedKey wrapped(DataKeyChanged kept) {
        return new WrappedKey(
                Objects.requireNonNull(kept.getWrappedKey()), Objects.requireNonNull(kept.getEncryptionKeyId()));
    }

    private static Opening open(TradeReported trade, SealedPayload payload, DataKey key) {
        try {
            var field = new SealedField(trade.getUserId(), trade.getEventId(), SealedField.Name.TRADE_FILL);
            return payload.open(key, field)
                    .flatMap(SealedContents::readFill)
                    .map(fill -> checked(inPlain(trade, fill)))
                    .orElseGet(() -> new Opening.Broken("sealedFill opens, and is a quantity and a price"));
        } finally {
            key.wipe();
        }
    }

    private static TradeReported inPlain(TradeReported trade, SealedContents.Fill fill) {
        return TradeReported.newBuilder(trade)
                .setQuantity(fill.quantity())
                .setPrice(fill.price())
                .setSealedFill(null)
                .build();
    }

    private static Opening checked(TradeReported trade) {
        return TradeRules.brokenBy(trade.getUserId().toString(), trade)
                .<Opening>map(Opening.Broken::new)
                .orElseGet(() -> new Opening.Opened(trade));
    }
}
