using Marten;
using Microsoft.Extensions.DependencyInjection;
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

        await using (var session = server.Services.GetRequiredService<IDocumentStore>().LightweightSession())
        {
            session.Events.Append("team:flowers", new MemberJoined("bob", ["ml-engineer"], [], "ann", DateTimeOffset.UnixEpoch));
            await session.SaveChangesAsync(LocalPostgresTest.Token);
        }

        var answer = await ann.PutJsonAsync("/teams/flowers", new { displayName = "Flowers" });

        answer.Status.ShouldBe(200, answer.Json?.ToJsonString());
        answer.Json!["members"]!.AsArray().ShouldHaveSingleItem()!["subject"]!.GetValue<string>().ShouldBe("bob");
        var events = (await ann.GetJsonAsync("/audit/events?stream=team:flowers")).Json!["items"]!.AsArray();
        events.Select(e => e!["type"]!.GetValue<string>()).ShouldBe(["team_formed", "member_joined", "team_renamed"]);
    }
}
