using CsCheck;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Subjects;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Subjects;

public sealed class RandomHistoriesOfASubject
{
    /// <summary>Zoe is the subject; two of the others act with a credential that she answers for.</summary>
    private static readonly Actor[] Actors =
    [
        Birth, Root, new("second", true, [Roles.Administrator]), new("zoe", true, [Roles.Administrator]), Root.Through("zoe"), new("key:k9", false, [Roles.Administrator], "zoe"), Eve,
    ];

    private static readonly Gen<(int Who, string Role, int What)[]> Histories = Gen.Select(
        Gen.Int[0, 6], Gen.OneOf(Roles.Administrator, Roles.Administrator, Roles.ModelValidator, Roles.ComplianceOfficer, Roles.Viewer), Gen.Int[0, 3]).Array[1, 20];

    [Fact]
    public void Never_let_one_person_administer_and_approve_or_raise_themselves() => Histories.Sample(Play, iter: 5_000);

    private static void Play((int Who, string Role, int What)[] moves)
    {
        var (subject, history) = (new Subject(), new List<object>());
        HashSet<string> roles = [];
        var dismissed = false;
        foreach (var (who, role, what) in moves)
        {
            var actor = Actors[who];
            SubjectCommand command = what switch
            {
                0 => new RevokeRole("zoe", role, null),
                1 => new GrantRole("zoe", role, null, Seed: true),
                _ => new GrantRole("zoe", role, null),
            };
            var decision = SubjectDecider.Decide(subject, command, actor, Noon);
            if (decision.Refusal is not null) decision.Events.ShouldBeEmpty();
            history.AddRange(decision.Events);
            subject = decision.Events.Aggregate(subject, Subject.Evolve);
            if (decision.Events is not [var e]) continue;

            if (e is RoleRevoked) roles.Remove(role);
            else roles.Add(role);
            if (what == 1)
            {
                (actor == Birth && role == Roles.Administrator && !dismissed).ShouldBeTrue("only the first administrator is seeded, and once");
            }
            else
            {
                actor.Holds(Roles.Administrator).ShouldBeTrue();
                if (e is RoleGranted) (actor.Human && !actor.Parties.Contains("zoe", StringComparer.Ordinal)).ShouldBeTrue("nobody grants a role to themselves");
            }

            if (role == Roles.Administrator) dismissed = e is RoleRevoked;
            subject.GrantedRoles.SetEquals(roles).ShouldBeTrue();
            (subject.GrantedRoles.Contains(Roles.Administrator) && subject.GrantedRoles.Overlaps(Roles.Approvers)).ShouldBeFalse("nobody administers and approves");
        }

        Given.Said(history.Aggregate(new Subject(), Subject.Evolve)).ShouldBe(Given.Said(subject));
    }
}
