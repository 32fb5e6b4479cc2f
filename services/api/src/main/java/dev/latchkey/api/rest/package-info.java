/** The API over HTTP. */
@NullMarked
package dev.latchkey.api.rest;

import org.jspecify.annotations.NullMarked;
