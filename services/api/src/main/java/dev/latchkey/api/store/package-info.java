/** What is kept, in transactions that also leave their events in the outbox. */
@NullMarked
package dev.latchkey.api.store;

import org.jspecify.annotations.NullMarked;
