using System.Text.Json;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Deploy;

public sealed class BuildingTheImage
{
    private const string Server = "src/MLOpsGovernance.Server/MLOpsGovernance.Server.csproj";
    private static readonly IReadOnlyList<Instruction> All = Dockerfile.Read("deploy/Dockerfile");
    private static readonly IReadOnlyList<Instruction> Final = Dockerfile.LastStage(All);

    [Fact]
    public void Compiles_in_one_stage_and_ships_another()
    {
        var images = All.Where(i => i.Keyword == "FROM").Select(i => i.Arguments.Split(' ').First(word => !word.StartsWith("--", StringComparison.Ordinal)));

        images.ShouldBe(["mcr.microsoft.com/dotnet/sdk:10.0", "mcr.microsoft.com/dotnet/aspnet:10.0"]);
        Final.ShouldContain(i => i.Keyword == "COPY" && i.Arguments.StartsWith("--from=build /publish", StringComparison.Ordinal));
    }

    [Fact]
    public void Restores_from_project_files_alone_so_that_the_layer_outlives_a_change_of_code()
    {
        var restore = IndexOf(i => i.Keyword == "RUN" && i.Arguments.StartsWith("dotnet restore " + Server, StringComparison.Ordinal));
        var before = All.Take(restore).Where(i => i.Keyword == "COPY").SelectMany(Sources).ToList();

        before.Where(source => source.EndsWith(".csproj", StringComparison.Ordinal)).ShouldBe(ProjectsOf(Server), ignoreOrder: true);
        before.ShouldContain("Directory.Packages.props");
        before.ShouldContain("Directory.Build.props");
        before.ShouldContain("global.json");
        before.ShouldNotContain("src/");
    }

    [Fact]
    public void Publishes_the_server_with_its_policies()
    {
        var publish = IndexOf(i => i.Arguments.StartsWith("dotnet publish " + Server, StringComparison.Ordinal));

        All.Take(publish).Where(i => i.Keyword == "COPY").SelectMany(Sources).ShouldContain("policies/");
        All[publish].Arguments.ShouldContain("--no-restore");
        All[publish].Arguments.ShouldContain("--output /publish");
        XDocument.Load(Repository.Path(Server)).Descendants("AssemblyName").Single().Value.ShouldBe("mlgov-server");
    }

    [Fact]
    public void Fails_rather_than_making_an_image_without_policies_or_time_zones()
    {
        var check = Final.Single(i => i.Keyword == "RUN").Arguments;

        check.ShouldContain("test -f mlgov-server.dll");
        check.ShouldContain("find policies -type f");
        check.ShouldContain("test -f /usr/share/zoneinfo/");
    }

    [Fact]
    public void Ends_as_a_user_without_rights_that_is_named_by_number()
    {
        var last = Final[^1];
        var user = Final.Last(i => i.Keyword == "USER");

        user.Arguments.ShouldBe("$APP_UID");
        Final.SkipWhile(i => i != user).ShouldNotContain(i => i.Keyword == "RUN" || i.Keyword == "COPY");
        last.Keyword.ShouldBe("CMD");
    }

    [Fact]
    public void Starts_the_server_directly_and_keeps_its_data_in_the_volume()
    {
        Words(Final.Single(i => i.Keyword == "ENTRYPOINT").Arguments).ShouldBe(["dotnet", "mlgov-server.dll"]);
        Words(Final.Single(i => i.Keyword == "CMD").Arguments).ShouldBe(["--data", "/data"]);
        Final.Single(i => i.Keyword == "VOLUME").Arguments.ShouldBe("/data");
        Final.Single(i => i.Keyword == "EXPOSE").Arguments.ShouldBe("8080");
        Final.Single(i => i.Keyword == "RUN").Arguments.ShouldContain("install --directory --owner=\"$APP_UID\"");
    }

    [Fact]
    public void Asks_the_server_itself_whether_it_is_ready() =>
        HealthCommand().ShouldBe(["dotnet", "mlgov-server.dll", "health", "--url", "http://127.0.0.1:8080/healthz/ready"]);

    [Fact]
    public void Sends_to_the_builder_what_it_copies_and_nothing_that_is_secret()
    {
        var lines = Repository.Text(".dockerignore").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').ToList();
        var allowed = lines.Where(line => line[0] == '!').Select(line => line[1..]).ToList();
        var copied = All.Where(i => i.Keyword == "COPY" && !i.Arguments.StartsWith("--from", StringComparison.Ordinal)).SelectMany(Sources);

        lines[0].ShouldBe("*");
        copied.Select(source => source.Split('/')[0]).Distinct().ShouldBe(allowed, ignoreOrder: true);
    }

    internal static IReadOnlyList<string> HealthCommand()
    {
        var check = Final.Single(i => i.Keyword == "HEALTHCHECK").Arguments;
        return Words(check[(check.IndexOf("CMD", StringComparison.Ordinal) + 3)..]);
    }

    private static int IndexOf(Func<Instruction, bool> condition) =>
        All.Select((instruction, index) => (instruction, index)).Single(at => condition(at.instruction)).index;

    private static IEnumerable<string> Sources(Instruction copy) => copy.Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..^1];

    private static string[] Words(string json) => JsonSerializer.Deserialize<string[]>(json) ?? [];

    private static HashSet<string> ProjectsOf(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        var references = XDocument.Load(Repository.Path(project)).Descendants("ProjectReference")
            .Select(reference => Path.GetRelativePath(Repository.Root, Path.GetFullPath(Repository.Path(Path.Combine(folder, reference.Attribute("Include")!.Value)))));
        return [project, .. references.SelectMany(ProjectsOf)];
    }
}
