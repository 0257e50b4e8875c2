using System.Text.RegularExpressions;
using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace MLOpsGovernance.Tests.Deploy;

public sealed partial class ComposingOneMachine
{
    private static readonly string[] Ours = ["migrate", "server"];
    private static readonly string[] Optional = ["API_KEYS_SECRET", "MLGOV_LISTEN", "MLGOV_IMAGE"];

    // The part of the compose specification that the file uses: a misspelt key would be dropped by some engines and refused by others.
    private static readonly HashSet<string> TopLevelKeys = ["name", "services", "networks", "volumes"];
    private static readonly HashSet<string> HealthKeys = ["test", "interval", "timeout", "retries", "start_period", "disable"];
    private static readonly HashSet<string> ServiceKeys =
    [
        "image", "build", "command", "environment", "depends_on", "ports", "volumes", "networks", "read_only", "tmpfs", "cap_drop",
        "security_opt", "restart", "stop_grace_period", "healthcheck", "shm_size",
    ];

    private static readonly YamlNode File = Repository.Yaml("docker-compose.yml").ShouldHaveSingleItem();
    private static readonly IReadOnlyDictionary<string, YamlNode> Services = File.Must("services").Map();

    [Fact]
    public void Uses_no_key_outside_the_specification()
    {
        File.Keys().Where(key => !key.StartsWith("x-", StringComparison.Ordinal)).ShouldBeSubsetOf(TopLevelKeys);
        foreach (var (name, service) in Services)
        {
            service.Keys().ShouldBeSubsetOf(ServiceKeys, name);
            (service.At("healthcheck")?.Keys() ?? []).ShouldBeSubsetOf(HealthKeys, name);
        }
    }

    [Fact]
    public void Pins_every_image()
    {
        foreach (var (name, service) in Services)
        {
            var image = service.Must("image").Text();
            (Default().Match(image) is { Success: true } match ? match.Groups["value"].Value : image).ShouldMatch(@"^[a-z0-9./-]+:\d[\w.-]*$", name);
        }
    }

    [Fact]
    public void Refuses_to_start_while_a_secret_or_the_identity_provider_is_missing()
    {
        var variables = Variable().Matches(Repository.Text("docker-compose.yml"));
        var required = variables.Where(v => v.Groups["mode"].Value == ":?").Select(v => v.Groups["name"].Value).Distinct();
        var defaulted = variables.Where(v => v.Groups["mode"].Value != ":?").Select(v => v.Groups["name"].Value).Distinct();

        required.ShouldBe(["POSTGRES_PASSWORD", "AUTHENTICATION_AUTHORITY", "AUTHENTICATION_AUDIENCE", "IDENTITY_FIRST_ADMINISTRATOR", "AUDIT_LOG_KEY", "AUDIT_VERDICT_KEY"], ignoreOrder: true);
        defaulted.ShouldBe(Optional, ignoreOrder: true);
    }

    [Fact]
    public void Names_each_variable_in_the_example_without_a_value_for_the_required()
    {
        var example = Repository.Text(".env.example").Split('\n');

        foreach (var name in Variable().Matches(Repository.Text("docker-compose.yml")).Select(v => v.Groups["name"].Value))
            example.ShouldContain(line => Optional.Contains(name) ? line.StartsWith($"#{name}=", StringComparison.Ordinal) : line == $"{name}=", name);
    }

    [Fact]
    public void Migrates_the_schema_before_the_server_starts()
    {
        Condition("migrate", "postgres").ShouldBe("service_healthy");
        Condition("server", "postgres").ShouldBe("service_healthy");
        Condition("server", "migrate").ShouldBe("service_completed_successfully");

        Services["migrate"].Must("command").Texts().ShouldBe(["migrate"]);
        Services["migrate"].Must("restart").Text().ShouldBe("no");
        Services["migrate"].Must("image").ShouldBe(Services["server"].Must("image"));
        Services["migrate"].Must("environment").ShouldBe(Services["server"].Must("environment"));
    }

    [Fact]
    public void Runs_the_server_in_production_on_the_database_beside_it()
    {
        var environment = Services["server"].Must("environment").Map();
        var database = Services["postgres"].Must("environment").Map();

        environment["ASPNETCORE_ENVIRONMENT"].Text().ShouldBe("Production");
        environment["ConnectionStrings__Postgres"].Text()
            .ShouldStartWith($"Host=postgres;Port=5432;Database={database["POSTGRES_DB"].Text()};Username={database["POSTGRES_USER"].Text()};");
        environment["PGPASSWORD"].Text().ShouldBe(database["POSTGRES_PASSWORD"].Text());
        environment.Keys.ShouldContain("Authentication__Authority");
        environment.Keys.ShouldContain("Authentication__Audience");
        environment.Keys.ShouldContain("Identity__FirstAdministrator");
    }

    [Fact]
    public void Takes_every_right_from_our_containers_that_they_do_not_use()
    {
        foreach (var name in Ours.Append("otel-collector"))
        {
            Services[name].Must("read_only").Text().ShouldBe("true", name);
            Services[name].Must("cap_drop").Texts().ShouldBe(["ALL"], name);
        }

        foreach (var name in Ours) Services[name].Must("tmpfs").Texts().ShouldContain(mount => mount.StartsWith("/tmp", StringComparison.Ordinal));
        foreach (var service in Services.Values) service.Must("security_opt").Texts().ShouldContain("no-new-privileges:true");
    }

    [Fact]
    public void Asks_the_server_the_same_question_as_the_image_does() =>
        Services["server"].Must("healthcheck/test").Texts().ShouldBe(["CMD", .. BuildingTheImage.HealthCommand()]);

    [Fact]
    public void Keeps_the_database_where_only_the_server_reaches_it()
    {
        Services["postgres"].At("ports").ShouldBeNull();
        Services["postgres"].Must("networks").Texts().ShouldBe(["database"]);
        File.Must("networks/database/internal").Text().ShouldBe("true");
        Services.Where(s => s.Value.Must("networks").Texts().Contains("database")).Select(s => s.Key).ShouldBe(["postgres", .. Ours], ignoreOrder: true);
        Services["postgres"].Must("volumes").Texts().ShouldContain("postgres-data:/var/lib/postgresql/data");
    }

    [Fact]
    public void Listens_on_this_machine_only_unless_told_otherwise()
    {
        foreach (var port in Services.Values.SelectMany(service => service.At("ports")?.Texts() ?? []))
            port.ShouldMatch(@"^(127\.0\.0\.1|\$\{MLGOV_LISTEN:-127\.0\.0\.1):");
    }

    [Fact]
    public void Declares_what_it_mounts_and_joins()
    {
        foreach (var (name, service) in Services)
        {
            service.Must("networks").Texts().ShouldBeSubsetOf(File.Must("networks").Keys(), name);
            foreach (var source in (service.At("volumes")?.Texts() ?? []).Select(volume => volume.Split(':')[0]))
            {
                var known = source.StartsWith('.') ? System.IO.File.Exists(Repository.Path(source)) : File.Must("volumes").Keys().Contains(source);
                known.ShouldBeTrue($"{name} mounts {source}");
            }
        }
    }

    [Fact]
    public void Gives_developers_the_same_database_on_their_machine_only()
    {
        var postgres = Repository.Yaml("deploy/development.yml").ShouldHaveSingleItem().Must("services/postgres");

        postgres.Must("image").ShouldBe(Services["postgres"].Must("image"));
        postgres.Must("environment/POSTGRES_INITDB_ARGS").ShouldBe(Services["postgres"].Must("environment/POSTGRES_INITDB_ARGS"));
        postgres.Must("ports").Texts().ShouldBe(["127.0.0.1:5432:5432"]);
    }

    private static string Condition(string service, string on) => Services[service].Must($"depends_on/{on}/condition").Text();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)(?<mode>:[?-])?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\$\{[A-Z_]+:-(?<value>[^}]+)\}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Default();
}
