/**
 * How the dashboard gets to browsers. The dashboard itself is JavaScript in {@code static/app} among the resources; start
 * reading at its {@code main.js}. It uses nothing but the API.
 */
@NullMarked
package dev.canyon.api.dashboard;

import org.jspecify.annotations.NullMarked;
