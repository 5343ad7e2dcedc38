//! Paints what egui drew into pixels, on the processor: the same picture on every machine.

use eframe::egui::{
    Color32, Context, FullOutput, ImageData, Pos2, TextureFilter, TextureId, TexturesDelta,
    epaint::{Primitive, Vertex},
};
use image::{Rgba, RgbaImage};
use std::collections::HashMap;

/// A painter, with the textures it was given.
#[derive(Default)]
pub(crate) struct Painter {
    textures: HashMap<TextureId, Texture>,
}

struct Texture {
    width: usize,
    height: usize,
    pixels: Vec<[f32; 4]>,
    smooth: bool,
}

/// The part of the picture that may be painted, in pixels: left, top, right, bottom.
type Clip = [i32; 4];

impl egui_kittest::TestRenderer for Painter {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, changes) in delta.set.drain() {
            for change in changes {
                let ImageData::Color(image) = &change.image;
                let [width, height] = image.size;
                let pixels: Vec<_> = image.pixels.iter().map(floats).collect();
                match change.pos {
                    None => {
                        let smooth = change.options.minification == TextureFilter::Linear;
                        self.textures.insert(id, Texture { width, height, pixels, smooth });
                    }
                    Some([left, top]) => {
                        let texture = self.textures.get_mut(&id).expect("it was made before");
                        for (row, part) in pixels.chunks(width).enumerate() {
                            let start = (top + row) * texture.width + left;
                            texture.pixels[start..start + width].copy_from_slice(part);
                        }
                    }
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let (width, height) = (size.x.round() as usize, size.y.round() as usize);
        let back = floats(&ctx.global_style().visuals.panel_fill);
        let mut canvas = Canvas { width, height, pixels: vec![back; width * height] };
        for shape in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = &shape.primitive else {
                continue;
            };
            let Some(texture) = self.textures.get(&mesh.texture_id) else {
                continue;
            };
            let edge = |v: f32| (v * scale).round() as i32;
            let r = shape.clip_rect;
            let clip = [edge(r.min.x), edge(r.min.y), edge(r.max.x), edge(r.max.y)];
            for corner in mesh.indices.chunks_exact(3) {
                let vertices = [corner[0], corner[1], corner[2]].map(|i| {
                    let mut vertex = mesh.vertices[i as usize];
                    vertex.pos = (vertex.pos.to_vec2() * scale).to_pos2();
                    vertex
                });
                canvas.triangle(vertices, texture, clip);
            }
        }
        Ok(canvas.image())
    }
}

struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<[f32; 4]>,
}

impl Canvas {
    /// Fills a triangle. A pixel belongs to it when its middle does; on an edge, when it is a top
    /// or left edge.
    fn triangle(&mut self, mut v: [Vertex; 3], texture: &Texture, clip: Clip) {
        if area(v[0].pos, v[1].pos, v[2].pos) < 0.0 {
            v.swap(1, 2);
        }
        let whole = area(v[0].pos, v[1].pos, v[2].pos);
        if whole <= 0.0 {
            return;
        }
        let edges = [(v[1].pos, v[2].pos), (v[2].pos, v[0].pos), (v[0].pos, v[1].pos)];
        let keeps = edges.map(|(a, b)| (a.y == b.y && b.x > a.x) || b.y < a.y);
        let least = |of: fn(Pos2) -> f32| v.iter().map(|x| of(x.pos)).fold(f32::MAX, f32::min);
        let most = |of: fn(Pos2) -> f32| v.iter().map(|x| of(x.pos)).fold(f32::MIN, f32::max);
        let left = (least(|p| p.x).floor() as i32).max(clip[0]).max(0);
        let right = (most(|p| p.x).ceil() as i32).min(clip[2]).min(self.width as i32);
        let top = (least(|p| p.y).floor() as i32).max(clip[1]).max(0);
        let bottom = (most(|p| p.y).ceil() as i32).min(clip[3]).min(self.height as i32);
        let colours = v.map(|x| floats(&x.color));
        for y in top..bottom {
            for x in left..right {
                let middle = Pos2::new(x as f32 + 0.5, y as f32 + 0.5);
                let parts = edges.map(|(a, b)| area(a, b, middle));
                let outside = |i: usize| parts[i] < 0.0 || (parts[i] == 0.0 && !keeps[i]);
                if (0..3).any(outside) {
                    continue;
                }
                let share = parts.map(|part| part / whole);
                let mix = |of: &dyn Fn(usize) -> f32| (0..3).map(|i| share[i] * of(i)).sum::<f32>();
                let sample = texture.at(mix(&|i| v[i].uv.x), mix(&|i| v[i].uv.y));
                let source: [f32; 4] = std::array::from_fn(|c| mix(&|i| colours[i][c]) * sample[c]);
                let pixel = &mut self.pixels[y as usize * self.width + x as usize];
                for (below, above) in pixel.iter_mut().zip(source) {
                    *below = above + *below * (1.0 - source[3]);
                }
            }
        }
    }

    fn image(&self) -> RgbaImage {
        RgbaImage::from_fn(self.width as u32, self.height as u32, |x, y| {
            let p = self.pixels[y as usize * self.width + x as usize];
            let byte = |v: f32| (v * 255.0 + 0.5) as u8;
            Rgba([byte(p[0]), byte(p[1]), byte(p[2]), 255])
        })
    }
}

impl Texture {
    fn at(&self, u: f32, v: f32) -> [f32; 4] {
        let pixel = |x: i32, y: i32| {
            let x = x.clamp(0, self.width as i32 - 1) as usize;
            let y = y.clamp(0, self.height as i32 - 1) as usize;
            self.pixels[y * self.width + x]
        };
        let (x, y) = (u * self.width as f32 - 0.5, v * self.height as f32 - 0.5);
        if !self.smooth {
            return pixel((x + 0.5).floor() as i32, (y + 0.5).floor() as i32);
        }
        let (left, top) = (x.floor(), y.floor());
        let (right_share, low_share) = (x - left, y - top);
        let (left, top) = (left as i32, top as i32);
        let row = |y: i32| {
            let (a, b) = (pixel(left, y), pixel(left + 1, y));
            std::array::from_fn::<f32, 4, _>(|i| a[i] + (b[i] - a[i]) * right_share)
        };
        let (a, b) = (row(top), row(top + 1));
        std::array::from_fn(|i| a[i] + (b[i] - a[i]) * low_share)
    }
}

/// Twice the area of a triangle; positive when its corners go round with the clock.
fn area(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

fn floats(colour: &Color32) -> [f32; 4] {
    colour.to_array().map(|c| f32::from(c) / 255.0)
}
