/** The books as a Kafka Streams topology: trades, prices and splits in, positions and closings out. */
@NullMarked
package dev.latchkey.pnl.topology;

import org.jspecify.annotations.NullMarked;
