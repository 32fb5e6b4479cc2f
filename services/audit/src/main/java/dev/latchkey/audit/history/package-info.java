/** What a credential history says, and what is wrong with it. Knows no technology. */
@NullMarked
package dev.latchkey.audit.history;

import org.jspecify.annotations.NullMarked;
