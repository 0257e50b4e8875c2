using Marten;
using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Domain.Subjects;
using MLOpsGovernance.Domain.Teams;

namespace MLOpsGovernance.Server.Tests.Storage;

public sealed class AStreamChangedBehindItsGrain(Database database)
{
    [Fact]
    public async Task Is_read_again_and_the_next_command_succeeds_on_what_it_holds_now()
    {
        await using var server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(AStreamChangedBehindItsGrain)));
        var ann = server.As("dev:contributor:ann");
        (await ann.PostJsonAsync("/teams", new { name = "flowers" })).Status.ShouldBe(201);
        await ChangeAsync(server, "team:flowers", new MemberJoined("bob", ["ml-engineer"], [], "ann", DateTimeOffset.UnixEpoch));

        var answer = await ann.PutJsonAsync("/teams/flowers", new { displayName = "Flowers" });

        answer.Status.ShouldBe(200, answer.Json?.ToJsonString());
        answer.Json!["members"]!.AsArray().ShouldHaveSingleItem()!["subject"]!.GetValue<string>().ShouldBe("bob");
        var events = (await ann.GetJsonAsync("/audit/events?stream=team:flowers")).Json!["items"]!.AsArray();
        events.Select(e => e!["type"]!.GetValue<string>()).ShouldBe(["team_formed", "member_joined", "team_renamed"]);

        await RefusesAsync(server);
        await SignsInAsync(server);
    }

    /// <summary>A role that is missing is a 403, and stays in the history, whatever the grain has missed.</summary>
    private static async Task RefusesAsync(RunningServer server)
    {
        await ChangeAsync(server, "team:flowers", new MemberLeft("bob", "ann", DateTimeOffset.UnixEpoch));

        await World.Refused(403, "forbidden", server.As("dev:viewer:vera").PutJsonAsync("/teams/flowers", new { displayName = "Weeds" }));

        (await new World(server).EventsAsync(stream: "team:flowers")).TakeLast(2).Select(e => e.Text("type")).ShouldBe(["member_left", "attempt_refused"]);
    }

    /// <summary>Whoever signs in for the first time is written down as a person, whatever their stream's grain has missed.</summary>
    private static async Task SignsInAsync(RunningServer server)
    {
        var root = server.As("dev:administrator:root");
        await World.Must(200, root.PutJsonAsync("/subjects/zoe/roles/executive", new { reason = "new" }));
        await ChangeAsync(server, "subject:zoe", new RoleRevoked("zoe", "executive", null, "root", DateTimeOffset.UnixEpoch));

        (await World.Must(200, server.As("dev:viewer:zoe").GetJsonAsync("/me"))).Json!["person"]!.GetValue<bool>().ShouldBeTrue();
    }

    private static async Task ChangeAsync(RunningServer server, string stream, object e)
    {
        await using var session = server.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        session.Events.Append(stream, e);
        await session.SaveChangesAsync(LocalPostgresTest.Token);
    }
}
