/** What a credential and a prompt are and what may happen to them. Knows no technology. */
@NullMarked
package dev.latchkey.api.credentials;

import org.jspecify.annotations.NullMarked;
