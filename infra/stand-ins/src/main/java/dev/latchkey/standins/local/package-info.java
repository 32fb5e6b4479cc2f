/** What the stand-ins share: a small HTTP server and files that only their owner may read. */
@NullMarked
package dev.latchkey.standins.local;

import org.jspecify.annotations.NullMarked;
