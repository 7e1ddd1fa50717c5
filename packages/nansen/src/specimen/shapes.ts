/** Where a shape lies, in pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface Shape {
  /** Holds all of it. */
  readonly box: Box
  /** From its edge, in pixels: negative inside. */
  readonly distance: (x: number, y: number) => number
}

type Point = readonly [x: number, y: number]

/** Math.hypot is ten times slower, for numbers that no drawing has. */
const length = (x: number, y: number): number => Math.sqrt(x * x + y * y)

const around = (x: number, y: number, width: number, height: number): Box => ({
  left: x - width,
  top: y - height,
  right: x + width,
  bottom: y + height,
})

function aroundAll(points: readonly Point[], more: number): Box {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return {
    left: Math.min(...xs) - more,
    top: Math.min(...ys) - more,
    right: Math.max(...xs) + more,
    bottom: Math.max(...ys) + more,
  }
}

/** @param width half of it, as of the height */
export function ellipse(x: number, y: number, width: number, height: number): Shape {
  const distance = (px: number, py: number): number => {
    const [dx, dy] = [(px - x) / width, (py - y) / height]
    const out = length(dx, dy)
    return out === 0 ? -Math.min(width, height) : (out * (out - 1)) / length(dx / width, dy / height)
  }
  return { box: around(x, y, width, height), distance }
}

export const circle = (x: number, y: number, radius: number): Shape => ellipse(x, y, radius, radius)

/** A line around a circle. */
export function ring(x: number, y: number, radius: number, thick: number): Shape {
  return {
    box: around(x, y, radius + thick, radius + thick),
    distance: (px, py) => Math.abs(length(px - x, py - y) - radius) - thick / 2,
  }
}

/** A rectangle with round corners. */
export function bar(left: number, top: number, right: number, bottom: number, round = 0): Shape {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2]
  const [w, h] = [(right - left) / 2 - round, (bottom - top) / 2 - round]
  const distance = (px: number, py: number): number => {
    const [dx, dy] = [Math.abs(px - x) - w, Math.abs(py - y) - h]
    return length(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - round
  }
  return { box: { left, top, right, bottom }, distance }
}

/** Between points that go round clockwise, none of them inwards. */
export function corners(...points: readonly Point[]): Shape {
  const sides = points.map(([x, y], i) => {
    const [nextX, nextY] = points[(i + 1) % points.length]!
    const long = length(nextX - x, nextY - y)
    return { x, y, outX: (nextY - y) / long, outY: (x - nextX) / long }
  })
  return {
    box: aroundAll(points, 0),
    distance: (px, py) => {
      let most = Number.NEGATIVE_INFINITY
      for (const { x, y, outX, outY } of sides) most = Math.max(most, (px - x) * outX + (py - y) * outY)
      return most
    },
  }
}

/** A stroke through points. */
export function stroke(points: readonly Point[], thick: number): Shape {
  const distance = (px: number, py: number): number => {
    let nearest = Number.POSITIVE_INFINITY
    for (let i = 1; i < points.length; i++) {
      const [[ax, ay], [bx, by]] = [points[i - 1]!, points[i]!]
      const [dx, dy] = [bx - ax, by - ay]
      const along = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy)))
      nearest = Math.min(nearest, length(px - ax - along * dx, py - ay - along * dy))
    }
    return nearest - thick / 2
  }
  return { box: aroundAll(points, thick), distance }
}

/** The line around a shape. */
export function line(shape: Shape, thick: number): Shape {
  const { left, top, right, bottom } = shape.box
  return {
    box: { left: left - thick, top: top - thick, right: right + thick, bottom: bottom + thick },
    distance: (x, y) => Math.abs(shape.distance(x, y)) - thick / 2,
  }
}

/** What two shapes have in common. */
export const both = (one: Shape, other: Shape): Shape => ({
  box: {
    left: Math.max(one.box.left, other.box.left),
    top: Math.max(one.box.top, other.box.top),
    right: Math.min(one.box.right, other.box.right),
    bottom: Math.min(one.box.bottom, other.box.bottom),
  },
  distance: (x, y) => Math.max(one.distance(x, y), other.distance(x, y)),
})

export const either = (...shapes: readonly Shape[]): Shape => ({
  box: {
    left: Math.min(...shapes.map(({ box }) => box.left)),
    top: Math.min(...shapes.map(({ box }) => box.top)),
    right: Math.max(...shapes.map(({ box }) => box.right)),
    bottom: Math.max(...shapes.map(({ box }) => box.bottom)),
  },
  distance: (x, y) => {
    let least = Number.POSITIVE_INFINITY
    for (const shape of shapes) least = Math.min(least, shape.distance(x, y))
    return least
  },
})

export const without = (shape: Shape, cut: Shape): Shape => ({
  box: shape.box,
  distance: (x, y) => Math.max(shape.distance(x, y), -cut.distance(x, y)),
})
