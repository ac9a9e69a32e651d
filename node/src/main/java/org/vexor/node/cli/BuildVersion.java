package org.vexor.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version that the build wrote beside this class.
final class BuildVersion implements IVersionProvider {
  private static final String RESOURCE = "version.properties";

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "vexor " + version(),
      "java "
          + Runtime.version()
          + " ("
          + System.getProperty("java.vm.name")
          + "), "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.version")
          + " "
          + System.getProperty("os.arch")
    };
  }

  /// The program's version alone.
  static String version() throws IOException {
    try (InputStream in = BuildVersion.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("the build left out " + RESOURCE + "; build again with mvn package");
      }
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "");
    }
  }
}
