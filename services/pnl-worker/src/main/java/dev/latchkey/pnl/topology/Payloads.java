package dev.latchkey.pnl.topology;

import dev.latchkey.sealing.caching.CachingDataKeyOpener;
import java.util.concurrent.atomic.LongAdder;

/**
 * How sealed trades are opened.
 *
 * @param dropped counts trades of users who were forgotten
 */
public record Payloads(CachingDataKeyOpener opener, LongAdder dropped) {}
