package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsProfileTest {
  private static final Map<String, String> REGION = Map.of("region", "us-east-1");

  @TempDir private Path home;

  private Path file(String name) {
    return home.resolve(".aws").resolve(name);
  }

  private void write(String name, String keyId) throws IOException {
    AwsProfile.ofUser(Map.of(), home).write(name, REGION, Map.of("aws_access_key_id", keyId));
  }

  @Test
  void a_new_profile_is_written_for_its_owner_alone() throws IOException {
    write("dock", "AKIA1");
    assertThat(Files.readString(file("config")))
        .isEqualTo(
            """
            [profile dock]
            # Written by longshore env --profile
            region = us-east-1
            """);
    assertThat(Files.readString(file("credentials")))
        .isEqualTo(
            """
            [dock]
            # Written by longshore env --profile
            aws_access_key_id = AKIA1
            """);
    for (String name : new String[] {"config", "credentials"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void what_else_is_in_the_files_stays_line_for_line() throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    String others = "# mine\n[default]\naws_access_key_id=AKIAMINE\n\n[work]\nx = [y]\n";
    Files.writeString(file("credentials"), others);
    write("dock", "AKIA1");
    assertThat(Files.readString(file("credentials"))).startsWith(others + "\n[dock]\n");
    Files.writeString(
        file("credentials"), Files.readString(file("credentials")) + "\n[last]\na = b\n");
    write("dock", "AKIA2");
    assertThat(Files.readString(file("credentials")))
        .isEqualTo(
            others
                + "\n[dock]\n# Written by longshore env --profile\naws_access_key_id = AKIA2\n"
                + "\n[last]\na = b\n");
  }

  @Test
  void a_profile_of_somebody_else_is_never_touched() throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(file("credentials"), "[work]\naws_access_key_id = AKIAMINE\n");
    assertThatThrownBy(() -> write("work", "AKIA1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("[work] that is not Longshore's");
    assertThat(Files.readString(file("credentials"))).contains("AKIAMINE").doesNotContain("AKIA1");
    assertThat(file("config")).doesNotExist();
  }

  @Test
  void the_variables_of_the_tools_say_where_the_files_are() throws IOException {
    Map<String, String> variables =
        Map.of(
            "AWS_CONFIG_FILE", home.resolve("c").toString(),
            "AWS_SHARED_CREDENTIALS_FILE", home.resolve("k").toString());
    AwsProfile.ofUser(variables, home).write("default", REGION, Map.of("a", "b"));
    assertThat(Files.readString(home.resolve("c"))).startsWith("[default]\n");
    assertThat(Files.readString(home.resolve("k"))).startsWith("[default]\n");
  }
}
