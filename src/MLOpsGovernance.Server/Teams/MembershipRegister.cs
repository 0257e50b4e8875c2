using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using MLOpsGovernance.Domain.Teams;

namespace MLOpsGovernance.Server.Teams;

/// <summary>Who is in which team, to be found by the member.</summary>
internal sealed class MembershipRow
{
    public string Id { get; set; } = "";
    public string Team { get; set; } = "";
    public string Subject { get; set; } = "";
}

internal sealed partial class MembershipRegister : EventProjection
{
    public MembershipRegister()
    {
        Name = "MembershipRegister";
        IncludeType<TeamFormed>();
        IncludeType<MemberJoined>();
        IncludeType<MemberLeft>();
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        var team = e.StreamKey!["team:".Length..];
        switch (e.Data)
        {
            case TeamFormed { ForOthers: false } formed:
                Join(operations, team, formed.By);
                break;
            case MemberJoined joined:
                Join(operations, team, joined.Subject);
                break;
            case MemberLeft left:
                operations.Delete<MembershipRow>(Id(team, left.Subject));
                break;
        }

        return ValueTask.CompletedTask;
    }

    private static void Join(IDocumentOperations operations, string team, string subject) => operations.Store(new MembershipRow { Id = Id(team, subject), Team = team, Subject = subject });

    private static string Id(string team, string subject) => $"{team}/{subject}";
}
