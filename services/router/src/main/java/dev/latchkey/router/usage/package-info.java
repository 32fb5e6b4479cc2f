/** What prompts take: tokens, money, and when a user's day is used up. */
@NullMarked
package dev.latchkey.router.usage;

import org.jspecify.annotations.NullMarked;
