/**
 * Settings, read once at start from {@code application.properties}, the environment and {@code -D}.
 * The only package that reads the environment; imports nothing of ours.
 */
package org.hippocamel.config;
