using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Subjects;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Subjects;

public sealed class RecognizingAPerson
{
    private static Func<Subject, Decision> By(Actor actor, SubjectCommand command) => subject => SubjectDecider.Decide(subject, command, actor, Noon);

    [Fact]
    public void Happens_once()
    {
        var recognized = Given.Events<Subject>(Subject.Evolve).Done(By(Ada, new RecognizePerson("ada", "sign-in")));
        recognized.State.IsPerson.ShouldBeTrue();
        recognized.When(By(Bob, new RecognizePerson("ada", "team:lending"))).ThenNothing();
    }

    [Theory]
    [InlineData("key:k1")]
    [InlineData("system:birth")]
    public void Never_happens_to_a_machine(string subject) =>
        Given.Events<Subject>(Subject.Evolve).When(By(Ada, new RecognizePerson(subject, "team:lending"))).ThenRefused("subject-not-a-person", RefusalKind.Unprocessable);
}
