package org.hippocamel;

import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/**
 * Keeps Camel from reading the environment behind our back. It takes HTTP_PORT for the property
 * {@code http.port} and sets it above our overrides, so that HTTP_PORT=0 would undo the free port
 * that was found and TEI_URL=embedded the address of the embedded server. What may come from the
 * environment says so in application.properties: {@code {{env:NAME:default}}}.
 */
final class PlainProperties extends MainListenerSupport {
  @Override
  public void beforeConfigure(BaseMainSupport main) {
    if (main.getCamelContext().getPropertiesComponent() instanceof PropertiesComponent properties) {
      properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
    }
  }
}
