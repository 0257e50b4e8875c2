using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Maturity;

[AnyRole]
internal sealed record ListInstruments : IQuery<Listed<InstrumentReference>>;

[AnyRole]
internal sealed record ReadInstrument(string Name) : IQuery<AssessmentEndpoints.InstrumentView>;

internal sealed class InstrumentReader : IRequestHandler<ListInstruments, Result<Listed<InstrumentReference>>>, IRequestHandler<ReadInstrument, Result<AssessmentEndpoints.InstrumentView>>
{
    public Task<Result<Listed<InstrumentReference>>> Handle(ListInstruments request, CancellationToken cancellationToken) =>
        Task.FromResult(new Result<Listed<InstrumentReference>>(new([new(Instruments.Names[0], Advisor.Maturity.Instrument.Shipped.Version, Advisor.Maturity.Instrument.Shipped.Digest)], null)));

    public Task<Result<AssessmentEndpoints.InstrumentView>> Handle(ReadInstrument request, CancellationToken cancellationToken) => Task.FromResult<Result<AssessmentEndpoints.InstrumentView>>(
        Instruments.Find(request.Name) is { } found ? AssessmentEndpoints.InstrumentView.Of(found) : new Refusal("instrument-unknown", $"There is no such instrument; there are {string.Join(", ", Instruments.Names)}.", RefusalKind.NotFound));
}
